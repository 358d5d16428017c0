package dev.semel.books.money;

import java.math.BigDecimal;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/**
 * Takes a decimal as a JSON string or as a JSON number, and gives its plain spelling: no digit is lost and no exponent kept.
 * What is no decimal passes as it is, for {@link Decimals#PATTERN} to refuse.
 */
public final class DecimalText extends ValueDeserializer<String> {
    private static final int MAX_SCALE = 100;

    /** For Jackson. */
    public DecimalText() {}

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> plain(parser);
            default -> (String) context.handleUnexpectedToken(String.class, parser);
        };
    }

    private static String plain(JsonParser parser) {
        BigDecimal number = parser.getDecimalValue();
        // An exponent beyond all reason must not become that many zeros.
        return Math.abs(number.scale()) > MAX_SCALE ? parser.getString() : number.toPlainString();
    }
}
