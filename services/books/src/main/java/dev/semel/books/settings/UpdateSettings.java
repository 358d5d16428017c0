package dev.semel.books.settings;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.spring.web.IfMatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes a company's settings, if they are still those that the caller has seen. Changes of one company wait for each other. */
public final class UpdateSettings {
    /** Emitted with a {@link SettingsEvent}. */
    public static final String EVENT = "settings.updated";

    private final SettingsTable settings;
    private final DeductionTable deductions;

    /** Writes into those tables. */
    public UpdateSettings(SettingsTable settings, DeductionTable deductions) {
        this.settings = settings;
        this.deductions = deductions;
    }

    /**
     * The body of the write.
     *
     * @param ifMatch the header; null if there is none. No part of the fingerprint: whoever asks again under the same key, with
     *     whatever tag they have read meanwhile, is answered what their write has done
     * @throws RejectedException if the settings have another version
     */
    public Settings handle(@Nullable String ifMatch, Write<NewSettings> write) {
        IfMatch expected = IfMatch.of(ifMatch);
        String tenant = write.tenant();
        if (!expected.matches(settings.lock(tenant))) {
            throw RejectedException.precondition("The settings have another version by now.");
        }
        Settings changed = settings.change(tenant, write.payload());
        List<Deduction> asked = write.payload().deductions();
        if (asked != null) {
            deductions.replace(tenant, asked);
        }
        write.emit(EVENT, "settings", new SettingsEvent(changed.version()));
        return changed.withDeductions(deductions.find(tenant));
    }
}
