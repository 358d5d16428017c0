package dev.semel.books.payroll;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who bears a deduction. */
public enum PaidBy {
    /** It is taken from the salary. */
    EMPLOYEE,
    /** It is paid on top of the salary. */
    EMPLOYER;

    /** As in answers and in the table. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PaidBy of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
