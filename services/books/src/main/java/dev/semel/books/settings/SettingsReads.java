package dev.semel.books.settings;

/** Settings with their deductions. Works in the transaction of its caller. */
public final class SettingsReads {
    private final SettingsTable settings;
    private final DeductionTable deductions;

    /** Reads from those tables. */
    public SettingsReads(SettingsTable settings, DeductionTable deductions) {
        this.settings = settings;
        this.deductions = deductions;
    }

    /** The tenant's settings, the defaults if they were never changed. */
    public Settings find(String tenant) {
        return settings.find(tenant).orElse(Settings.DEFAULTS).withDeductions(deductions.find(tenant));
    }
}
