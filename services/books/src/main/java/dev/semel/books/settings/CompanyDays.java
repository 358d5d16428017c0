package dev.semel.books.settings;

import dev.semel.InvalidPayloadException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** When the days of a company begin and end, by the time zone of its settings. Works in the transaction of its caller. */
public final class CompanyDays {
    private final SettingsTable settings;

    /** By the settings in that table. */
    public CompanyDays(SettingsTable settings) {
        this.settings = settings;
    }

    /**
     * From the beginning of one day to the end of another; null means without end.
     *
     * @throws InvalidPayloadException if the last day is before the first
     */
    public Period period(String tenant, @Nullable LocalDate from, @Nullable LocalDate to) {
        if (from != null && to != null && to.isBefore(from)) {
            throw InvalidPayloadException.invalid("/to", "must not be before from");
        }
        ZoneId zone = zone(tenant);
        return new Period(from == null ? null : start(from, zone), to == null ? null : start(to.plusDays(1), zone));
    }

    /** The moment at which that day begins. */
    public OffsetDateTime start(String tenant, LocalDate day) {
        return start(day, zone(tenant));
    }

    /** The present day, by the database's clock. */
    public LocalDate today(String tenant) {
        return settings.now().atZoneSameInstant(zone(tenant)).toLocalDate();
    }

    private ZoneId zone(String tenant) {
        return ZoneId.of(settings.find(tenant).orElse(Settings.DEFAULTS).timezone());
    }

    private static OffsetDateTime start(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toOffsetDateTime();
    }
}
