package dev.semel.spring.internal;

import dev.semel.spring.InvalidSettingException;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** What does not belong there. */
final class Production {
    private static final Profiles PROFILES = Profiles.of("prod", "production");

    private Production() {}

    /**
     * Refuses a setting with the profile {@code prod} or {@code production}.
     *
     * @throws InvalidSettingException naming it
     */
    static void refuse(Environment environment, String setting, String effect) {
        if (environment.acceptsProfiles(PROFILES)) {
            throw new InvalidSettingException(setting + " " + effect + "; a production profile refuses it.");
        }
    }
}
