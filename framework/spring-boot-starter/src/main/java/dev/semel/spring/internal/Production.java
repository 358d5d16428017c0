package dev.semel.spring.internal;

import dev.semel.spring.InvalidSettingException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.core.env.Environment;

/** What does not belong there. */
final class Production {
    private static final Set<String> PROFILES = Set.of("prod", "production");

    private Production() {}

    /**
     * Refuses a setting with the profile {@code prod} or {@code production}, however they are written.
     *
     * @throws InvalidSettingException naming it
     */
    static void refuse(Environment environment, String setting, String effect) {
        if (profiles(environment).anyMatch(profile -> PROFILES.contains(profile.toLowerCase(Locale.ROOT)))) {
            throw new InvalidSettingException(setting + " " + effect + "; a production profile refuses it.");
        }
    }

    private static Stream<String> profiles(Environment environment) {
        String[] active = environment.getActiveProfiles();
        return Stream.of(active.length == 0 ? environment.getDefaultProfiles() : active);
    }
}
