package dev.semel.server.operations;

import dev.semel.InvalidPayloadException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request to have all parked deliveries tried again. Immutable.
 *
 * @param type only events of that type; null for all
 * @param sink only deliveries to that sink; null for all
 */
record ReplayParked(@Nullable String type, @Nullable String sink) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.-]{0,199}");

    /** @throws InvalidPayloadException if one of them cannot be a name */
    void requireNames() {
        require("type", type);
        require("sink", sink);
    }

    private static void require(String member, @Nullable String name) {
        if (name != null && !NAME.matcher(name).matches()) {
            throw Parameters.invalid(member, "must be lower-case words joined by dots or hyphens");
        }
    }
}
