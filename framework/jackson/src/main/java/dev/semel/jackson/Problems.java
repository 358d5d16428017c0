package dev.semel.jackson;

import java.time.LocalDate;
import java.util.Collection;
import java.util.UUID;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Says what is wrong with a member without repeating its value. */
final class Problems {
    private Problems() {}

    static String describe(DatabindException e) {
        if (e instanceof UnrecognizedPropertyException) {
            return "This member is not known here.";
        }
        if (e instanceof ValueInstantiationException && e.getCause() instanceof IllegalArgumentException cause) {
            return cause.getMessage() == null ? "This value is not taken." : cause.getMessage();
        }
        if (e instanceof MismatchedInputException mismatch) {
            return "This value is missing or not of the expected kind" + expected(mismatch) + ".";
        }
        return "This value is not taken.";
    }

    private static String expected(MismatchedInputException e) {
        Class<?> type = e.getTargetType();
        return type == null ? "" : words(type);
    }

    private static String words(Class<?> type) {
        if (CharSequence.class.isAssignableFrom(type)) {
            return ": a string";
        }
        if (Number.class.isAssignableFrom(type) || type == int.class || type == long.class) {
            return ": a number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return ": true or false";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return ": an array";
        }
        if (type == LocalDate.class) {
            return ": a date as YYYY-MM-DD";
        }
        return type == UUID.class ? ": a UUID" : "";
    }
}
