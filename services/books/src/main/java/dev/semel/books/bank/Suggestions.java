package dev.semel.books.bank;

import dev.semel.books.payments.Payment;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Judges which of the unexplained payments explains a bank transaction: by amount, reference and date. */
final class Suggestions {
    private static final int AMOUNT = 60;
    private static final int REFERENCE = 30;
    private static final int DATE = 10;
    private static final int NEAR_DAYS = 7;
    private static final int SHORTEST_REFERENCE = 4;
    private static final int MOST = 20;

    private Suggestions() {}

    /** The best ones first. */
    static List<Suggestion> of(BankTransaction transaction, List<Payment> candidates) {
        return candidates.stream()
                .map(payment -> judge(transaction, payment))
                .sorted(Comparator.comparingInt(Suggestion::score).reversed().thenComparing(Suggestion::createdAt))
                .limit(MOST)
                .toList();
    }

    private static Suggestion judge(BankTransaction transaction, Payment payment) {
        List<String> reasons = new ArrayList<>();
        int score = 0;
        boolean sameAmount = new BigDecimal(transaction.amount()).compareTo(new BigDecimal(payment.amount())) == 0;
        if (sameAmount) {
            score += AMOUNT;
            reasons.add("Amount and currency are equal.");
        }
        if (mentions(transaction, payment)) {
            score += REFERENCE;
            reasons.add("The payment's reference stands in the bank transaction.");
        }
        long days = days(transaction, payment);
        if (days <= NEAR_DAYS) {
            score += DATE - Math.toIntExact(days);
            reasons.add("The dates are " + days + " days apart.");
        }
        return new Suggestion(
                payment.id(),
                payment.invoiceId(),
                payment.amount(),
                payment.currency(),
                payment.reference(),
                payment.createdAt(),
                score,
                sameAmount,
                reasons);
    }

    private static boolean mentions(BankTransaction transaction, Payment payment) {
        String reference = normal(payment.reference() == null ? "" : payment.reference());
        String text = normal(transaction.reference() + " " + transaction.description());
        return reference.length() >= SHORTEST_REFERENCE && text.contains(reference);
    }

    /** Payers drop blanks and dashes, and banks write in capitals. */
    private static String normal(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private static long days(BankTransaction transaction, Payment payment) {
        return Math.abs(ChronoUnit.DAYS.between(
                transaction.date(), payment.createdAt().atZone(ZoneOffset.UTC).toLocalDate()));
    }
}
