package dev.semel.spring.internal;

import dev.semel.InvalidPayloadException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * A query string as part of what is asked for: decoded names behind a question mark, each with its decoded values in order and
 * with their lengths, so that no two different queries look alike and no two spellings of one differ.
 */
final class QueryVariables {
    private QueryVariables() {}

    /** @throws InvalidPayloadException if an escape is malformed or a NUL is in it */
    static Map<String, String> of(@Nullable String query) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (query != null) {
            for (String part : query.split("&", -1)) {
                int equals = part.indexOf('=');
                String name = equals < 0 ? part : part.substring(0, equals);
                String value = equals < 0 ? "-" : sized(decode(part.substring(equals + 1)));
                variables.merge("?" + decode(name), value, String::concat);
            }
        }
        return variables;
    }

    private static String sized(String value) {
        return value.length() + ":" + value;
    }

    private static String decode(String text) {
        try {
            String decoded = StringUtils.uriDecode(text.replace('+', ' '), StandardCharsets.ISO_8859_1);
            return requireSound(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(decoded.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw InvalidPayloadException.invalid("", "The query holds a malformed escape.");
        }
    }

    /** @throws InvalidPayloadException if a NUL is in it */
    static String requireSound(String value) {
        if (value.indexOf('\0') >= 0) {
            throw InvalidPayloadException.invalid("", "NUL characters are not taken.");
        }
        return value;
    }
}
