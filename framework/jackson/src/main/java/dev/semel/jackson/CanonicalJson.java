package dev.semel.jackson;

import dev.semel.InvalidPayloadException;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/**
 * The canonical form, version 1: no white space; members sorted by name (UTF-16 order); strings with the shortest escapes;
 * a number as its digits without leading or trailing zeros, {@code e} and its exponent, so that {@code 10}, {@code 10.0} and
 * {@code 1e1} are all {@code 1e1} and no digit is ever lost. Thread-safe.
 */
final class CanonicalJson {
    private final JsonLimits limits;
    private final JsonFactory factory;

    CanonicalJson(JsonLimits limits) {
        this.limits = limits;
        this.factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.maxDepth())
                        .maxNumberLength(limits.maxNumberLength())
                        .maxStringLength(Integer.MAX_VALUE) // none is longer than its document
                        .build())
                .build();
    }

    byte[] canonical(byte[] json) {
        return canonical(json, limits.maxBytes());
    }

    byte[] canonical(byte[] json, int maxBytes) {
        if (json.length > maxBytes) {
            throw InvalidPayloadException.tooLarge("The body is larger than " + maxBytes + " bytes.");
        }
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), Utf8.decode(json))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(json.length);
            writeDocument(parser, out);
            return out.toByteArray();
        } catch (StreamConstraintsException e) {
            throw InvalidPayloadException.malformed(
                    "The body is nested too deeply or holds a number that is too long.");
        } catch (JacksonException e) {
            throw InvalidPayloadException.malformed("The body is not well-formed JSON: " + Places.of(e));
        }
    }

    private void writeDocument(JsonParser parser, ByteArrayOutputStream out) {
        if (parser.nextToken() == null) {
            throw InvalidPayloadException.malformed("The body is empty; JSON is expected.");
        }
        writeValue(parser, out);
        if (parser.nextToken() != null) {
            throw InvalidPayloadException.malformed("There is something behind the end of the JSON value.");
        }
    }

    private void writeValue(JsonParser parser, ByteArrayOutputStream out) {
        switch (parser.currentToken()) {
            case START_OBJECT -> writeObject(parser, out);
            case START_ARRAY -> writeArray(parser, out);
            case VALUE_STRING -> writeString(parser.getString(), out);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> writeAscii(number(parser.getString()), out);
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> writeAscii(parser.getString(), out);
            default -> throw InvalidPayloadException.malformed("The body is not a JSON value.");
        }
    }

    private void writeObject(JsonParser parser, ByteArrayOutputStream out) {
        Map<String, byte[]> members = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            ByteArrayOutputStream value = new ByteArrayOutputStream();
            writeValue(parser, value);
            members.put(name, value.toByteArray());
        }
        String separator = "{";
        for (Map.Entry<String, byte[]> member : members.entrySet()) {
            writeAscii(separator, out);
            writeString(member.getKey(), out);
            writeAscii(":", out);
            out.writeBytes(member.getValue());
            separator = ",";
        }
        writeAscii(members.isEmpty() ? "{}" : "}", out);
    }

    private void writeArray(JsonParser parser, ByteArrayOutputStream out) {
        String separator = "[";
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            writeAscii(separator, out);
            writeValue(parser, out);
            separator = ",";
        }
        writeAscii("[".equals(separator) ? "[]" : "]", out);
    }

    /** Bounded: the text is at most as long as the limits allow, and the exponent is checked before any arithmetic. */
    private String number(String text) {
        BigDecimal value = parse(text);
        if (value.signum() == 0) {
            return "0";
        }
        if (Math.abs((long) value.scale()) > (long) limits.maxExponent() + limits.maxNumberLength()) {
            throw beyondExponent();
        }
        BigDecimal stripped = value.stripTrailingZeros();
        int exponent = -stripped.scale();
        if (Math.abs((long) exponent) > limits.maxExponent()) {
            throw beyondExponent();
        }
        return exponent == 0 ? stripped.unscaledValue().toString() : stripped.unscaledValue() + "e" + exponent;
    }

    private BigDecimal parse(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw beyondExponent();
        }
    }

    private InvalidPayloadException beyondExponent() {
        return InvalidPayloadException.malformed("A number's exponent is beyond ±" + limits.maxExponent() + ".");
    }

    private static void writeString(String text, ByteArrayOutputStream out) {
        requireSound(text);
        writeAscii("\"", out);
        out.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(text));
        writeAscii("\"", out);
    }

    private static void requireSound(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\0') {
                throw InvalidPayloadException.malformed("NUL characters are not taken.");
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw InvalidPayloadException.malformed("Lone surrogates are not taken.");
            }
        }
    }

    private static void writeAscii(String text, ByteArrayOutputStream out) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
