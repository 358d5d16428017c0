package dev.semel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Exempts a place from checks of the Maven goal {@code semel:verify}: an operation's constant, a method with all that it does
 * itself, or a class with its members. A handler's exemption also holds for what it calls. Read from the class file only; it
 * changes nothing at run time.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.FIELD})
@Retention(RetentionPolicy.CLASS)
public @interface Exempt {
    /** The codes of the checks, for example {@code SEMEL007}. */
    String[] value();

    /** Why the rule does no good here. A blank reason is a finding itself. */
    String reason();
}
