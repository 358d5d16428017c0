package dev.semel;

import dev.semel.outbox.OutboxEvent;
import java.util.regex.Pattern;

/** Shapes of the identifiers that reach logs, SQL settings and headers. */
final class Identifiers {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,63}");
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final Pattern EVENT_TYPE = Pattern.compile("[a-z][a-z0-9]*([.-][a-z0-9]+){0,7}");

    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+){0,7}");

    private Identifiers() {}

    static String operationName(String name) {
        return require(NAME, name, "operation name");
    }

    static String tenant(String tenant) {
        return require(TENANT, tenant, "tenant");
    }

    static String requestId(String requestId) {
        return require(REQUEST_ID, requestId, "request id");
    }

    static String eventType(String type) {
        return require(EVENT_TYPE, type, "event type");
    }

    static String code(String code) {
        return require(CODE, code, "code");
    }

    /** An event type that an application may declare. */
    static String ownEventType(String type) {
        if (type.startsWith("semel.") || type.startsWith(OutboxEvent.WORKFLOW_PREFIX)) {
            throw new IllegalArgumentException("event types that start with semel. or workflow. are Semel's own");
        }
        return eventType(type);
    }

    private static String require(Pattern pattern, String value, String what) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException("invalid %s: must match %s".formatted(what, pattern));
        }
        return value;
    }
}
