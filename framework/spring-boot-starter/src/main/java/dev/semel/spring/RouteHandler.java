package dev.semel.spring;

import dev.semel.Write;
import java.util.Map;

/**
 * The body of a write, as {@link dev.semel.Handler}, that looks at its route's path variables as well.
 *
 * @param <P> the operation's payload type
 * @param <R> the operation's result type
 */
@FunctionalInterface
public interface RouteHandler<P, R> {
    /**
     * Does the work and returns what the caller shall see, now and at every replay.
     *
     * @param pathVariables by name; part of the fingerprint
     * @throws dev.semel.RejectedException to refuse by a business rule: everything is rolled back and the key stays free
     * @throws Exception any other failure: everything is rolled back
     */
    R handle(Write<P> write, Map<String, String> pathVariables) throws Exception;
}
