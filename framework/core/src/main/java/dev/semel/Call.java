package dev.semel;

import java.util.Map;

/**
 * One call of an operation, with all that decides its outcome. Immutable.
 *
 * @param operation what kind of write
 * @param caller who asks
 * @param key under which key
 * @param payload what is asked for
 * @param fingerprint of what was received
 * @param variables path and query variables by name; {@code id} names the resource in the boundary log
 * @param handler the body
 */
public record Call<P, R>(
        Operation<P, R> operation,
        Caller caller,
        Key key,
        P payload,
        Fingerprint fingerprint,
        Map<String, String> variables,
        Handler<P, R> handler) {
    /** Copies the variables. */
    public Call {
        variables = Map.copyOf(variables);
    }
}
