package dev.semel.books.input;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/** Takes a date as {@code 2026-12-24} and in no other spelling. */
public final class StrictDate extends ValueDeserializer<LocalDate> {
    private static final Pattern SHAPE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    /** For Jackson. */
    public StrictDate() {}

    @Override
    public LocalDate deserialize(JsonParser parser, DeserializationContext context) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            return (LocalDate) context.handleUnexpectedToken(LocalDate.class, parser);
        }
        String text = parser.getString();
        try {
            if (SHAPE.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException e) {
            // No such day; refused below, as what does not even look like one.
        }
        return (LocalDate) context.handleWeirdStringValue(LocalDate.class, text, "not a date");
    }
}
