package dev.semel.books.input;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The findings of a {@link SelfCheck} are violations. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = SelfCheckValidator.class)
public @interface SelfChecked {
    /** Never used: each finding has its own message. */
    String message() default "is not consistent";

    /** As any constraint's. */
    Class<?>[] groups() default {};

    /** As any constraint's. */
    Class<? extends Payload>[] payload() default {};
}
