package dev.semel;

/**
 * Who asks for a write. Comes from the credential, never from a request's body. Immutable.
 *
 * @param tenant whose rows may be touched: 1–64 of {@code [A-Za-z0-9._-]}, starting with a letter or digit
 * @param user who in that tenant; logged and audited, so give an identifier and no name
 * @param requestId correlates logs, audit rows and events: 1–128 of {@code [A-Za-z0-9._-]}
 */
public record Caller(String tenant, String user, String requestId) {

    /** @throws IllegalArgumentException if the tenant, the user or the request id is malformed */
    public Caller {
        Identifiers.tenant(tenant);
        Identifiers.requestId(requestId);
        if (user.isBlank() || user.length() > 255) {
            throw new IllegalArgumentException("invalid user: must have 1 to 255 characters");
        }
    }
}
