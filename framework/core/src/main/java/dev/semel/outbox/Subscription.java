package dev.semel.outbox;

import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which events a sink gets.
 *
 * @param sinkName stored with deliveries that are tried again, so it never changes: lower-case words joined by hyphens
 * @param sink where the events go
 * @param filter which events; asked once per event, before the first attempt
 */
public record Subscription(String sinkName, Sink sink, Predicate<OutboxEvent> filter) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+){0,7}");

    /** @throws IllegalArgumentException if the name is malformed */
    public Subscription {
        if (!NAME.matcher(sinkName).matches()) {
            throw new IllegalArgumentException("invalid sink name: must match " + NAME);
        }
    }

    /** Events of these types. */
    public static Subscription to(String sinkName, Sink sink, String... types) {
        Set<String> wanted = Set.of(types);
        return new Subscription(sinkName, sink, event -> wanted.contains(event.type()));
    }

    /** All events, Semel's own included. */
    public static Subscription toAll(String sinkName, Sink sink) {
        return new Subscription(sinkName, sink, event -> true);
    }
}
