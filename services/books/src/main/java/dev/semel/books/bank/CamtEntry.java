package dev.semel.books.bank;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An entry of a CAMT.053 statement. A batch booking is as many lines as it has details, if they tell their amounts in the
 * entry's currency and these sum up to the entry; else it is one line.
 *
 * @param number from 1, through all statements of the file
 * @param account the statement's
 * @param statement the statement's id
 */
record CamtEntry(int number, String account, String statement, CamtFields fields, List<CamtFields> details) {
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,12})?");
    private static final Set<String> NO_REFERENCES = Set.of("NONREF", "NOTPROVIDED");
    private static final String[] DETAIL_AMOUNTS = {"Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt"};
    private static final String[] DETAIL_CURRENCIES = {"Amt@Ccy", "AmtDtls/TxAmt/Amt@Ccy", "AmtDtls/InstdAmt/Amt@Ccy"};

    void send(LineReceiver receiver) {
        String status = fields.first("Sts", "Sts/Cd");
        if (!status.equals("BOOK")) {
            receiver.error(
                    new LineError(number, "NOT_BOOKED", "The entry is not booked yet, or only for information."));
            return;
        }
        lines().forEach(receiver::line);
    }

    private List<RawLine> lines() {
        if (details.size() < 2 || !detailsSumUp()) {
            return List.of(line(reference(), fields.first("Amt"), fields.first("CdtDbtInd"), description(details)));
        }
        List<RawLine> lines = new ArrayList<>();
        for (int i = 0; i < details.size(); i++) {
            CamtFields detail = details.get(i);
            lines.add(line(
                    reference(detail, i),
                    detail.first(DETAIL_AMOUNTS),
                    indicator(detail),
                    description(List.of(detail))));
        }
        return lines;
    }

    private RawLine line(String reference, String amount, String indicator, String description) {
        return new RawLine(
                number,
                account,
                reference,
                date(),
                signed(amount, indicator),
                AmountSpelling.XML,
                fields.first("Amt@Ccy"),
                description);
    }

    /** The bank's, or the entry's within the statement. */
    private String reference() {
        String bank = reference(fields, "AcctSvcrRef");
        if (!bank.isEmpty()) {
            return bank;
        }
        String entry = reference(fields, "NtryRef");
        if (!entry.isEmpty()) {
            return statement + "/" + entry;
        }
        return details.isEmpty() ? "" : own(details.get(0));
    }

    /** Details may repeat the batch's reference, so they are told apart by their place. */
    private String reference(CamtFields detail, int place) {
        boolean batchHasNone = reference(fields, "AcctSvcrRef").isEmpty()
                && reference(fields, "NtryRef").isEmpty();
        String own = batchHasNone ? own(detail) : "";
        if (!own.isEmpty()) {
            return own;
        }
        String batch = reference();
        return batch.isEmpty() ? "" : batch + "/" + (place + 1);
    }

    private static String own(CamtFields detail) {
        String bank = reference(detail, "Refs/AcctSvcrRef");
        return bank.isEmpty() ? reference(detail, "Refs/TxId") : bank;
    }

    /** What banks write where they have none is none: it would make all such lines the same. */
    private static String reference(CamtFields of, String path) {
        String text = of.first(path);
        return NO_REFERENCES.contains(text) ? "" : text;
    }

    private String date() {
        String day = fields.first("BookgDt/Dt", "BookgDt/DtTm");
        return day.length() > 10 ? day.substring(0, 10) : day;
    }

    private String description(List<CamtFields> told) {
        String remittance = told.isEmpty() ? "" : told.get(0).first("RmtInf/Ustrd", "RmtInf/Strd/CdtrRefInf/Ref");
        return remittance.isEmpty() ? fields.first("AddtlNtryInf") : remittance;
    }

    private String indicator(CamtFields detail) {
        String own = detail.first("CdtDbtInd");
        return own.isEmpty() ? fields.first("CdtDbtInd") : own;
    }

    /** What is neither credit nor debit has no amount. */
    private static String signed(String amount, String indicator) {
        return switch (indicator) {
            case "CRDT" -> amount;
            case "DBIT" -> "-" + amount;
            default -> "";
        };
    }

    private boolean detailsSumUp() {
        BigDecimal sum = BigDecimal.ZERO;
        for (CamtFields detail : details) {
            String amount = signed(detail.first(DETAIL_AMOUNTS), indicator(detail));
            if (!isAmount(amount) || !detail.first(DETAIL_CURRENCIES).equals(fields.first("Amt@Ccy"))) {
                return false;
            }
            sum = sum.add(new BigDecimal(amount));
        }
        String whole = signed(fields.first("Amt"), fields.first("CdtDbtInd"));
        return isAmount(whole) && sum.compareTo(new BigDecimal(whole)) == 0;
    }

    private static boolean isAmount(String text) {
        return AMOUNT.matcher(text.startsWith("-") ? text.substring(1) : text).matches();
    }
}
