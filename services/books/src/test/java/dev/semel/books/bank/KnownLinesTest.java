package dev.semel.books.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.books.BooksExtension;
import dev.semel.books.TestBooks;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which lines of statements are known already, and by which import. */
@ExtendWith(BooksExtension.class)
class KnownLinesTest {
    private static final String CSV = "text/csv";
    private static final String HEADER = "date,amount,currency,reference,description\n";

    private final TestBooks books;
    private final Caller caller = TestBooks.newCaller();

    KnownLinesTest(TestBooks books) {
        this.books = books;
    }

    private ImportResult csv(String text) {
        return books.importStatement(caller, TestBooks.newKey(), CSV, text.getBytes(StandardCharsets.UTF_8))
                .result();
    }

    @Test
    void referenceThatComesTwiceInOneFileIsImportedOnceAndOtherTenantsReferencesAreTheirOwn() throws SQLException {
        assertThat(csv(HEADER + "2026-11-24,1,EUR,X,\n2026-11-24,2,EUR,X,\n"))
                .extracting(ImportResult::skipped)
                .isEqualTo(1);
        Caller other = TestBooks.newCaller();
        books.importStatement(
                other, TestBooks.newKey(), CSV, (HEADER + "2026-11-24,1,EUR,X,").getBytes(StandardCharsets.UTF_8));
        assertThat(books.count("bank_transactions", other)).isEqualTo(1);
    }

    @Test
    void otherFileUnderAForgottenKeyLosesNoLine() throws SQLException {
        Key key = TestBooks.newKey();
        books.importStatement(caller, key, CSV, (HEADER + "2026-11-24,1,EUR,X,").getBytes(StandardCharsets.UTF_8));
        books.forgetKeys(caller);
        books.importStatement(caller, key, CSV, (HEADER + "2026-11-24,1,EUR,Y,").getBytes(StandardCharsets.UTF_8));
        assertThat(books.count("bank_transactions", caller)).isEqualTo(2);
    }

    /** A statement that names its account, and the same lines in a file that names none, in either order. */
    @Test
    void lineIsKnownWhetherItsFileNamesTheAccountOrNot() {
        String named = "date,amount,currency,reference,account\n2026-11-24,1,EUR,%1$s,DE1\n2026-11-24,2,EUR,%2$s,DE1\n";
        assertThat(csv(named.formatted("A", "B")).imported()).isEqualTo(2);
        assertThat(csv(HEADER + "2026-11-24,1.00,EUR,A,\n2026-11-24,2,EUR,B,\n2026-11-24,3,EUR,C,\n"))
                .satisfies(again -> assertThat(again.imported()).isEqualTo(1))
                .satisfies(again -> assertThat(again.skipped()).isEqualTo(2));
        assertThat(csv(named.formatted("C", "A").replace(",1,", ",3,")).skipped())
                .isEqualTo(2);

        assertThat(csv("date,amount,currency,reference,account\n2026-11-24,1,EUR,A,DE2\n")
                        .imported())
                .as("another account's line of the same reference")
                .isEqualTo(1);
        assertThat(csv(HEADER + "2026-11-25,1,EUR,A,\n").imported())
                .as("another day's line of the same reference")
                .isEqualTo(1);
    }

    @Test
    void sameStatementWithAndWithoutAccountAtOnceIsImportedOnce() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            for (int i = 0; i < 20; i++) {
                String line = "2026-11-24,1,EUR,AT-ONCE-" + i;
                List<Callable<ImportResult>> imports = new ArrayList<>();
                for (int j = 0; j < 4; j++) {
                    imports.add(() -> csv("date,amount,currency,reference\n" + line));
                    imports.add(() -> csv("date,amount,currency,reference,account\n" + line + ",DE1"));
                }
                int imported = 0;
                for (Future<ImportResult> result : pool.invokeAll(imports)) {
                    imported += result.get().imported();
                }
                assertThat(imported).isEqualTo(1);
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void importIsKnownByEachOfItsLines() {
        ImportResult result = csv(HEADER + "2026-11-24,1,EUR,A,\n2026-11-24,1,EUR,B,\n");
        csv(HEADER + "2026-11-24,1,EUR,B,\n2026-11-24,1,EUR,C,\n");
        Page<BankTransaction> found = books.semel()
                .read(
                        caller.tenant(),
                        connection -> new BankTransactionTable(books.jdbc())
                                .page(
                                        caller.tenant(),
                                        new BankTransactionFilter(result.id(), null, null, null, null, null),
                                        new PageRequest(50, null)));
        assertThat(found.items()).extracting(BankTransaction::reference).containsExactlyInAnyOrder("A", "B");
        assertThat(found.items()).extracting(BankTransaction::importId).containsOnly(result.id());
    }
}
