package dev.semel.server;

import java.util.Map;
import java.util.function.Supplier;

/** Settings that a server reads when it starts. */
final class Settings {
    private Settings() {}

    static <T> T during(Map<String, String> settings, Supplier<T> start) {
        settings.forEach(System::setProperty);
        try {
            return start.get();
        } finally {
            settings.keySet().forEach(System::clearProperty);
        }
    }
}
