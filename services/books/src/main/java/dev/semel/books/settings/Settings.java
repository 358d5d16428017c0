package dev.semel.books.settings;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A company's settings. Immutable.
 *
 * @param version how often they were changed: 0 for the defaults
 * @param updatedAt when last; null for the defaults
 */
public record Settings(
        long version,
        @Nullable String legalName,
        String baseCurrency,
        String timezone,
        List<Deduction> deductions,
        @Nullable Instant updatedAt) {
    static final Settings DEFAULTS = new Settings(0, null, "EUR", "UTC", List.of(), null);

    /** Copies the deductions. */
    public Settings {
        deductions = List.copyOf(deductions);
    }

    Settings withDeductions(List<Deduction> these) {
        return new Settings(version, legalName, baseCurrency, timezone, these, updatedAt);
    }

    /** As an entity tag, quoted. */
    String tag() {
        return "\"" + version + "\"";
    }
}
