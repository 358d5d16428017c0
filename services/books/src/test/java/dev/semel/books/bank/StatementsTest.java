package dev.semel.books.bank;

import static dev.semel.books.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.RejectedException.Reason;
import dev.semel.books.BooksExtension;
import dev.semel.books.TestBooks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements as banks write them, and as nobody should. */
@ExtendWith(BooksExtension.class)
class StatementsTest {
    private static final String CSV = "text/csv";
    private static final String XML = "application/xml";
    private static final String HEADER = "date,amount,currency,reference,description\n";

    private final TestBooks books;
    private final Caller caller = TestBooks.newCaller();

    StatementsTest(TestBooks books) {
        this.books = books;
    }

    private ImportResult file(String type, String name) {
        try (InputStream in = StatementsTest.class.getResourceAsStream("/statements/" + name)) {
            return books.importStatement(
                            caller,
                            TestBooks.newKey(),
                            type,
                            Objects.requireNonNull(in).readAllBytes())
                    .result();
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private ImportResult csv(String text) {
        return books.importStatement(caller, TestBooks.newKey(), CSV, text.getBytes(StandardCharsets.UTF_8))
                .result();
    }

    private ImportResult xml(String text) {
        return books.importStatement(caller, TestBooks.newKey(), XML, text.getBytes(StandardCharsets.UTF_8))
                .result();
    }

    private List<String> stored() {
        return books.semel()
                .read(
                        caller.tenant(),
                        connection -> books.jdbc()
                                .sql("""
                                SELECT concat_ws('|', account, reference, booked_on, amount, currency, description)
                                FROM semel_books.bank_transactions WHERE tenant_id = ? ORDER BY created_at, reference
                                """)
                                .param(caller.tenant())
                                .query(String.class)
                                .list());
    }

    private static List<String> told(ImportResult result) {
        return result.errors().stream()
                .map(error -> error.line() + " " + error.code())
                .toList();
    }

    @Test
    void camtOfVersion02HasItsBookedEntriesImported() {
        ImportResult result = file(XML, "camt053-v02-several-entries.xml");
        assertThat(result.imported()).isEqualTo(3);
        assertThat(told(result)).containsExactly("3 NOT_BOOKED");
        assertThat(stored())
                .containsExactlyInAnyOrder(
                        "DE02120300000000202051|2026112309512345000|2026-11-23|119.00|EUR|Rechnung 4711 vom 1. November",
                        "DE02120300000000202051|2026112309512346000|2026-11-24|-59.50|EUR|SEPA-Lastschrift",
                        "DE02120300000000202051|0352C5320261124050000/4|2026-11-24|0.01|EUR");
    }

    @Test
    void camtOfVersion08MayHoldSeveralStatementsInSeveralCurrencies() {
        ImportResult result = file(XML, "camt053-v08-two-statements.xml");
        assertThat(result.imported()).isEqualTo(2);
        assertThat(told(result)).containsExactly("3 AMOUNT_INVALID", "4 DATE_INVALID");
        assertThat(stored())
                .containsExactlyInAnyOrder(
                        "CH9300762011623852957|CHF-1|2026-11-20|2500.50|CHF|210000000003139471430009017",
                        "0011-22|CHF-1|2026-11-21|1500|JPY");
    }

    @Test
    void batchIsAsManyLinesAsItsDetailsOrOneIfTheyDoNotSumUp() {
        ImportResult result = file(XML, "camt053-v08-batch.xml");
        assertThat(result.imported()).isEqualTo(4);
        assertThat(stored())
                .containsExactlyInAnyOrder(
                        "NL91ABNA0417164300|BATCH-1/1|2026-11-24|10.00|EUR|one",
                        "NL91ABNA0417164300|BATCH-1/2|2026-11-24|20.00|EUR|two",
                        "NL91ABNA0417164300|BATCH-1/3|2026-11-24|30.00|EUR|three",
                        "NL91ABNA0417164300|BATCH-2|2026-11-24|-50.00|EUR");
    }

    /** As older core systems write it: with a prefix, in Latin-1, the account without IBAN, batches of debits and of credits. */
    @Test
    void camtOfVersion02WithPrefixAndBatchesOfBothKinds() {
        ImportResult result = file(XML, "camt053-v02-prefixed-batches.xml");
        assertThat(result.imported()).isEqualTo(4);
        assertThat(told(result)).containsExactly("3 DATE_INVALID");
        assertThat(stored())
                .containsExactlyInAnyOrder(
                        "12345678|20261124-7-1/1/1|2026-11-24|-1200.50|EUR|Gehalt Jörg",
                        "12345678|20261124-7-1/1/2|2026-11-24|-2500.00|EUR|Gehalt Françoise",
                        "12345678|LS-1|2026-11-24|100.00|EUR|RF18539007547034",
                        "12345678|LS-2|2026-11-24|-20.00|EUR|Rücklastschrift");
    }

    @Test
    void camtOfVersion08InUtf16() {
        ImportResult result = file(XML, "camt053-v08-utf16.xml");
        assertThat(told(result)).containsExactly("3 NOT_BOOKED");
        assertThat(stored())
                .containsExactlyInAnyOrder(
                        "PL61109010140000071219812874|CEN2611240000001|2026-11-24|1234.56|PLN|Zapłata za fakturę FV/2026/11/7",
                        "PL61109010140000071219812874|PL-2026-328/328/2|2026-11-24|-12.30|PLN|Opłata");
    }

    @Test
    void csvAsSpreadsheetsSaveUnicode() {
        ImportResult result = file(CSV, "tab-utf16le-bom.csv");
        assertThat(told(result)).containsExactly("4 AMOUNT_INVALID");
        assertThat(stored())
                .containsExactlyInAnyOrder(
                        "DE02120300000000202051|U-1|2026-11-24|1234.50|EUR|Łódź – 日本",
                        "DE02120300000000202051|U-2|2026-11-24|-7.00|EUR");
    }

    @Test
    void csvWithQuotedHeaderInLatin1() {
        ImportResult result = file(CSV, "semicolon-iso88591-quoted.csv");
        assertThat(told(result)).containsExactly("3 DATE_INVALID");
        assertThat(stored()).containsExactly("|L-1|2026-11-24|12.50|EUR|Gebühr; Köln");
    }

    @Test
    void csvWithBarsAndApostrophesBetweenThousands() {
        assertThat(file(CSV, "pipe-ascii.csv").errors()).isEmpty();
        assertThat(stored())
                .containsExactlyInAnyOrder(
                        "CH93-0076|P-1|2026-11-24|1234.50|CHF|Fees, and \"more\"", "CH93-0076|P-2|2026-11-24|1.50|CHF");
    }

    @Test
    void csvWithCommasAndByteOrderMark() {
        assertThat(file(CSV, "comma-utf8-bom.csv").imported()).isEqualTo(2);
        assertThat(stored())
                .containsExactlyInAnyOrder(
                        "|A-1|2026-11-24|100.00|EUR|Invoice 1, part \"one\"", "|A-2|2026-11-24|-5.00|EUR|Fee");
    }

    @Test
    void csvWithSemicolonsDecimalCommasAndWindowsEncoding() {
        ImportResult result = file(CSV, "semicolon-windows1252-comma.csv");
        assertThat(told(result)).containsExactly("4 AMOUNT_AMBIGUOUS");
        assertThat(stored())
                .containsExactlyInAnyOrder("|B-1|2026-11-24|1234.56|EUR|Müßig", "|B-2|2026-02-01|-0.50|EUR");
    }

    @Test
    void csvWhoseLinesEndInCarriageReturnsLosesNone() {
        ImportResult result =
                csv("date,amount,currency,reference,description\r2026-11-24,1.00,EUR,R1,x\r2026-11-24,2.00,EUR,R2,x\r");
        assertThat(result.imported()).isEqualTo(2);
    }

    @Test
    void lineNumbersCountTheHeaderWhateverLinesEndIn() {
        for (String end : List.of("\n", "\r\n", "\r")) {
            String file = "date,amount,currency,reference" + end + "2026-11-24,1,EUR,R" + end + "x,x,x,x" + end;
            assertThat(told(csv(file))).as(end).containsExactly("3 DATE_INVALID");
        }
    }

    @Test
    void headerWithoutEndIsRefused() {
        assertRefused(
                Reason.RULE, "STATEMENT_UNREADABLE", () -> csv("date,amount,currency,reference," + "x".repeat(1_001)));
    }

    private static String entry(String amount, String reference) {
        return "<Ntry><Amt Ccy=\"EUR\">%s</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-24</Dt></BookgDt>%s</Ntry>"
                .formatted(amount, reference);
    }

    private ImportResult entries(String... entries) {
        return xml("<Document " + NAMESPACE + "><BkToCstmrStmt><Stmt><Id>S</Id>" + String.join("", entries)
                + "</Stmt></BkToCstmrStmt></Document>");
    }

    @Test
    void amountOfACamtStatementIsADecimalAndNothingToGuess() {
        ImportResult result = entries(
                entry("1250.000", "<AcctSvcrRef>A</AcctSvcrRef>"), entry("1250.001", "<AcctSvcrRef>B</AcctSvcrRef>"));
        assertThat(told(result)).containsExactly("2 AMOUNT_INVALID");
        assertThat(stored()).containsExactly("|A|2026-11-24|1250.00|EUR");
    }

    @Test
    void placeholderOfABankIsNoReferenceThatLinesCouldShare() {
        ImportResult result = entries(
                entry("1", "<NtryRef>1</NtryRef><AcctSvcrRef>NONREF</AcctSvcrRef>"),
                entry("2", "<NtryRef>2</NtryRef><AcctSvcrRef>NONREF</AcctSvcrRef>"),
                entry("3", "<AcctSvcrRef>NOTPROVIDED</AcctSvcrRef>"));
        assertThat(result.imported()).isEqualTo(2);
        assertThat(told(result)).containsExactly("3 REFERENCE_MISSING");
    }

    @Test
    void entryWithDetailsWithoutEndIsRefused() {
        assertRefused(
                Reason.RULE,
                "STATEMENT_UNREADABLE",
                () -> entries("<Ntry><NtryDtls>" + "<TxDtls/>".repeat(10_001) + "</NtryDtls></Ntry>"));
    }

    @Test
    void csvWithTabsInAnotherOrderOfColumns() {
        ImportResult result = file(CSV, "tab-utf8.csv");
        assertThat(told(result)).containsExactly("5 DATE_INVALID");
        assertThat(stored()).containsExactlyInAnyOrder("|C-1|2026-11-24|1.234|KWD|tab", "|C-2|2026-11-24|1500|JPY|日本");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camt053-v02-several-entries.xml",
                "camt053-v08-two-statements.xml",
                "camt053-v08-batch.xml",
                "camt053-v02-prefixed-batches.xml",
                "camt053-v08-utf16.xml",
                "tab-utf16le-bom.csv",
                "semicolon-iso88591-quoted.csv",
                "pipe-ascii.csv",
                "comma-utf8-bom.csv",
                "semicolon-windows1252-comma.csv",
                "tab-utf8.csv"
            })
    void fileThatIsImportedAgainUnderAnotherKeyBringsNothingNew(String name) {
        String type = name.endsWith(".csv") ? CSV : XML;
        ImportResult first = file(type, name);
        List<String> before = stored();
        ImportResult again = file(type, name);
        assertThat(again).isEqualTo(new ImportResult(again.id(), 0, first.imported(), first.failed(), first.errors()));
        assertThat(stored()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "2026-11-24;x;EUR;R AMOUNT_INVALID",
                "2026-11-24;1e9;EUR;R AMOUNT_INVALID",
                "2026-11-24;9999999999999999;EUR;R AMOUNT_INVALID",
                "2026-11-24;1.2345;EUR;R AMOUNT_INVALID",
                "2026-11-24;0;EUR;R AMOUNT_INVALID",
                "2026-11-24;1,23.45;EUR;R AMOUNT_INVALID",
                "2026-11-24;1.234.56;EUR;R AMOUNT_INVALID",
                "2026-11-24;=1+1;EUR;R AMOUNT_INVALID",
                "2026-11-24;1,234;EUR;R AMOUNT_AMBIGUOUS",
                "2026-02-29;1;EUR;R DATE_INVALID",
                "11/24/2026;1;EUR;R DATE_INVALID",
                "9999-01-01;1;EUR;R DATE_INVALID",
                "2026-11-24;1;XAU;R CURRENCY_INVALID",
                "2026-11-24;1;eur;R CURRENCY_INVALID",
                "2026-11-24;1;EUR; REFERENCE_MISSING",
                "2026-11-24;1;EUR;A\u0000B REFERENCE_INVALID"
            })
    void lineThatIsWrongIsToldAndTheOthersAreImported(String line, String code) {
        ImportResult result = csv("date;amount;currency;reference\n" + line + "\n24.11.2026;1.000,00;EUR;OK\n");
        assertThat(told(result)).containsExactly("2 " + code);
        assertThat(result.imported()).isEqualTo(1);
        assertThat(stored()).containsExactly("|OK|2026-11-24|1000.00|EUR");
    }

    @Test
    void whatIsWrongIsCountedWithoutEndAndToldUpToABound() {
        ImportResult result = csv(HEADER + "x,x,x,x,x\n".repeat(2000));
        assertThat(result.failed()).isEqualTo(2000);
        assertThat(result.errors()).hasSize(ImportResult.MAX_ERRORS);
    }

    @Test
    void quotationWithoutEndIsToldAndWhatCameBeforeStands() {
        ImportResult result = csv(HEADER + "2026-11-24,1,EUR,A,x\n2026-11-24,1,EUR,B,\"" + "y".repeat(500_000));
        assertThat(told(result)).containsExactly("3 LINE_UNREADABLE");
        assertThat(result.imported()).isEqualTo(1);
    }

    @Test
    void thousandsOfLinesAreImported() throws SQLException {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < 5_001; i++) {
            text.append("2026-11-24,1,EUR,N").append(i).append(",\n");
        }
        assertThat(csv(text.toString()).imported()).isEqualTo(5_001);
        assertThat(books.count("bank_transactions", caller)).isEqualTo(5_001);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date,amount,currency,reference,Betrag\n2026-11-24,1,EUR,X,1000\n",
                "",
                "a,b\n1,2",
                "date;amount,currency;reference\n",
                "\u0000\u0000",
                "<xml/>"
            })
    void fileWithoutItsColumnsIsRefused(String text) throws SQLException {
        assertRefused(Reason.RULE, "STATEMENT_UNREADABLE", () -> csv(text));
        assertThat(books.count("bank_transactions", caller)).isZero();
    }

    @Test
    void encodingIsWhatTheContentTypeSaysAndThenMustFit() {
        byte[] latin = (HEADER + "2026-11-24,1,EUR,A,Zoë\n").getBytes(Charset.forName("ISO-8859-1"));
        assertRefused(
                Reason.RULE,
                "STATEMENT_UNREADABLE",
                () -> books.importStatement(caller, TestBooks.newKey(), "text/csv;charset=UTF-8", latin));
        assertRefused(
                Reason.RULE,
                "STATEMENT_UNREADABLE",
                () -> books.importStatement(caller, TestBooks.newKey(), "text/csv;charset=UTF-16", latin));
        assertRefused(
                Reason.RULE,
                "STATEMENT_UNREADABLE",
                () -> books.importStatement(caller, TestBooks.newKey(), "text/csv;charset=koi8-r", latin));
        books.importStatement(caller, TestBooks.newKey(), "text/csv;charset=iso-8859-1", latin);
        assertThat(stored()).containsExactly("|A|2026-11-24|1.00|EUR|Zoë");
    }

    @Test
    void charsetsThatAreNamedAreTaken() {
        String line = HEADER + "2026-11-24,1,EUR,%s,5 € für Zoë\n";
        for (String name : List.of("UTF-8", "UTF-16BE", "UTF-16LE", "windows-1252", "ISO-8859-15")) {
            byte[] bytes = line.formatted(name).getBytes(Charset.forName(name));
            books.importStatement(caller, TestBooks.newKey(), "text/csv;charset=" + name, bytes);
        }
        byte[] marked = line.formatted("UTF-16").getBytes(StandardCharsets.UTF_16);
        books.importStatement(caller, TestBooks.newKey(), CSV, marked);
        assertThat(stored()).hasSize(6).allMatch(stored -> stored.endsWith("|5 € für Zoë"));
    }

    @Test
    void halfACharacterOfUtf16IsNoText() {
        byte[] marked = (HEADER + "2026-11-24,1,EUR,A,").getBytes(StandardCharsets.UTF_16);
        byte[] cut = Arrays.copyOf(marked, marked.length - 1);
        assertRefused(
                Reason.RULE, "STATEMENT_UNREADABLE", () -> books.importStatement(caller, TestBooks.newKey(), CSV, cut));
    }

    private static final String NAMESPACE = "xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<Document",
                "no xml",
                "<Document/>",
                "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.03\"/>",
                "<Document " + NAMESPACE + "><Ntry></Document>",
                "<!DOCTYPE Document [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Document " + NAMESPACE
                        + ">&x;</Document>",
                "<!DOCTYPE Document SYSTEM \"http://127.0.0.1:1/evil.dtd\"><Document " + NAMESPACE + "/>",
                "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><Document "
                        + NAMESPACE + ">&b;</Document>",
                "<Document " + NAMESPACE + ">&undeclared;</Document>",
                "<Document " + NAMESPACE + ">\u0000</Document>"
            })
    void xmlThatIsNoStatementOrNamesEntitiesIsRefused(String text) throws SQLException {
        assertRefused(Reason.RULE, "STATEMENT_UNREADABLE", () -> xml(text));
        assertThat(books.count("bank_transactions", caller)).isZero();
    }

    @Test
    void statementThatBreaksOffIsRefusedAsAWholeAndItsKeyStaysFree() throws SQLException {
        Key key = TestBooks.newKey();
        byte[] broken = ("<Document " + NAMESPACE + "><BkToCstmrStmt><Stmt><Id>S</Id><Ntry><NtryRef>1</NtryRef>"
                        + "<Amt Ccy=\"EUR\">1</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>"
                        + "<BookgDt><Dt>2026-11-24</Dt></BookgDt></Ntry>")
                .getBytes(StandardCharsets.UTF_8);
        assertRefused(Reason.RULE, "STATEMENT_UNREADABLE", () -> books.importStatement(caller, key, XML, broken));
        assertThat(books.count("bank_transactions", caller)).isZero();
        byte[] sound = (HEADER + "2026-11-24,1,EUR,A,").getBytes(StandardCharsets.UTF_8);
        assertThat(books.importStatement(caller, key, CSV, sound).replayed()).isFalse();
    }

    /** Of ISO, of SWIFT, and of the Austrian banks. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:iso:std:iso:20022:tech:xsd:camt.053.001.13",
                "urn:swift:xsd:camt.053.001.02",
                "urn:swift:xsd:$camt.053.001.02",
                "ISO:camt.053.001.02:APC:STUZZA:payments:003"
            })
    void namespaceMayBeThatOfAnotherPublisher(String namespace) {
        ImportResult result = xml("<Document xmlns=\"" + namespace + "\"><BkToCstmrStmt><Stmt><Id>S</Id><Ntry>"
                + "<NtryRef>1</NtryRef><Amt Ccy=\"EUR\">1</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>"
                + "<BookgDt><Dt>2026-11-24</Dt></BookgDt></Ntry></Stmt></BkToCstmrStmt></Document>");
        assertThat(result.imported()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:iso:std:iso:20022:tech:xsd:camt.052.001.02",
                "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02/",
                "urn:swift:xsd:camt.054.001.02",
                "camt.053.001.02",
                "http://example.org/camt.053.001.02"
            })
    void namespaceOfSomethingElseIsNoStatement(String namespace) {
        assertRefused(
                Reason.RULE, "STATEMENT_UNREADABLE", () -> xml("<Document xmlns=\"" + namespace + "\"></Document>"));
    }

    @Test
    void xmlInAnotherEncodingThanItsContentTypeSaysIsRefused() {
        byte[] sound = ("<Document " + NAMESPACE + "/>").getBytes(StandardCharsets.UTF_8);
        assertRefused(
                Reason.RULE,
                "STATEMENT_UNREADABLE",
                () -> books.importStatement(caller, TestBooks.newKey(), "application/xml;charset=UTF-16", sound));
    }

    @Test
    void deepAndLongNamesAreRefusedSoon() {
        assertRefused(
                Reason.RULE, "STATEMENT_UNREADABLE", () -> xml("<Document " + NAMESPACE + ">" + "<a>".repeat(9_999)));
        assertRefused(
                Reason.RULE,
                "STATEMENT_UNREADABLE",
                () -> xml("<Document " + NAMESPACE + "><" + "a".repeat(900) + "/></Document>"));
    }
}
