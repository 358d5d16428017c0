package dev.semel.books.input;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/** Takes a whole number of at most 15 digits as a JSON number, however it is spelled, or as a string of digits. */
public final class WholeNumber extends ValueDeserializer<Long> {
    private static final Pattern SHAPE = Pattern.compile("-?[0-9]{1,15}");
    private static final int MAX_SCALE = 100;

    /** For Jackson. */
    public WholeNumber() {}

    @Override
    public Long deserialize(JsonParser parser, DeserializationContext context) {
        String text = switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> plain(parser);
            default -> null;
        };
        if (text == null) {
            return (Long) context.handleUnexpectedToken(Long.class, parser);
        }
        return SHAPE.matcher(text).matches()
                ? Long.valueOf(text)
                : (Long) context.handleWeirdStringValue(Long.class, text, "not a whole number of at most 15 digits");
    }

    private static String plain(JsonParser parser) {
        BigDecimal number = parser.getDecimalValue();
        // An exponent beyond all reason must not become that many zeros.
        if (Math.abs(number.scale()) > MAX_SCALE) {
            return parser.getString();
        }
        BigDecimal shortest = number.stripTrailingZeros();
        return shortest.setScale(Math.max(0, shortest.scale())).toPlainString();
    }
}
