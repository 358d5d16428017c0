package dev.semel.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Exempts a mutating route from the rule that it needs a {@link Gate}. The reason is printed at every start. Without gate or
 * exemption the application does not start.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Ungated {
    /** Why a repeated request does no harm here. */
    String value();

    /** What its JSON body says, for the documentation of the route; {@code void} if the body is bytes. */
    Class<?> body() default void.class;
}
