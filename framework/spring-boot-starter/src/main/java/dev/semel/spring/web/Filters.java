package dev.semel.spring.web;

import dev.semel.InvalidPayloadException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What lists are narrowed by. An absent or empty filter is null. */
public final class Filters {
    private static final Pattern TEXT = Pattern.compile(Texts.LINE);
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private Filters() {}

    /** @throws InvalidPayloadException if it is too long, or has characters that no stored text has */
    public static @Nullable String text(String name, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (!TEXT.matcher(text).matches()) {
            throw InvalidPayloadException.invalid("/" + name, Texts.LINE_MESSAGE);
        }
        return text;
    }

    /**
     * A constant by its name, whatever the case.
     *
     * @throws InvalidPayloadException if there is none of that name
     */
    public static <E extends Enum<E>> @Nullable E constant(Class<E> type, String name, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(one -> one.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> InvalidPayloadException.invalid(
                        "/" + name,
                        "must be one of "
                                + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)));
    }

    /** @throws InvalidPayloadException if it is no id in its usual spelling */
    public static @Nullable UUID id(String name, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (!StrictId.fits(text)) {
            throw InvalidPayloadException.invalid("/" + name, "must be a UUID");
        }
        return UUID.fromString(text);
    }

    /** @throws InvalidPayloadException if it is no day */
    public static @Nullable LocalDate day(String name, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            if (DAY.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException e) {
            // No such day.
        }
        throw InvalidPayloadException.invalid("/" + name, "must be a day such as 2026-11-24");
    }
}
