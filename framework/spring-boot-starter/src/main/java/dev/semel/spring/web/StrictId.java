package dev.semel.spring.web;

import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/** Takes an id in its usual spelling and in no other, the empty string included. */
public final class StrictId extends ValueDeserializer<UUID> {
    private static final Pattern SHAPE = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** For Jackson. */
    public StrictId() {}

    /** Whether the text is an id in its usual spelling. */
    public static boolean fits(String text) {
        return SHAPE.matcher(text).matches();
    }

    @Override
    public UUID deserialize(JsonParser parser, DeserializationContext context) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            return (UUID) context.handleUnexpectedToken(UUID.class, parser);
        }
        String text = parser.getString();
        return fits(text)
                ? UUID.fromString(text)
                : (UUID) context.handleWeirdStringValue(UUID.class, text, "not a UUID");
    }
}
