package dev.semel.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds the route of a controller method to an operation. The method is the operation's handler: it runs inside the write's
 * transaction, once per idempotency key, and what it returns is stored and answered: with 201, unless {@code @ResponseStatus} says
 * otherwise, and with 200 when it is asked for again.
 *
 * <p>Its parameters may be the payload ({@code @RequestBody}), a {@link dev.semel.Write} and whatever else Spring resolves
 * (path variables, query parameters, headers). It may not take the request, the response or the body as a stream. Its return
 * type is the operation's result type. The payload is read from JSON; an operation whose payload type is {@link RawBody} takes
 * the types that its route {@code consumes}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Gate {
    /** The operation's name. */
    String value();
}
