package dev.semel.spring.internal;

import jakarta.servlet.ServletRequest;

/** The payload that a gate has read, kept with the request while the method's arguments are resolved. */
public final class GatePayload {
    static final String ATTRIBUTE = GatePayload.class.getName();

    private GatePayload() {}

    public static <T> T of(ServletRequest request, Class<T> type) {
        Object payload = request.getAttribute(ATTRIBUTE);
        if (!type.isInstance(payload)) {
            throw new IllegalStateException("the request has no payload of " + type);
        }
        return type.cast(payload);
    }
}
