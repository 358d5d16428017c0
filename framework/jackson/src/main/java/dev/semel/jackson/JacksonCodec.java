package dev.semel.jackson;

import dev.semel.InvalidPayloadException;
import dev.semel.PayloadCodec;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Codec on Jackson. Reading is strict: unknown members, missing primitives, wrong kinds (a number where a string belongs and
 * the other way round) and anything behind the document are refused. Numbers bind to {@link java.math.BigDecimal} exactly.
 * Thread-safe.
 */
public final class JacksonCodec implements PayloadCodec {
    private final JsonMapper mapper;
    private final CanonicalJson canonicalJson;

    private JacksonCodec(JsonMapper mapper, JsonLimits limits) {
        this.mapper = mapper;
        this.canonicalJson = new CanonicalJson(limits);
    }

    /** A codec with a strict mapper and {@link JsonLimits#ofDefaults()}. */
    public static JacksonCodec ofDefaults() {
        return of(JsonLimits.ofDefaults());
    }

    /** A codec with a strict mapper. */
    public static JacksonCodec of(JsonLimits limits) {
        return new JacksonCodec(strictMapper(limits).build(), limits);
    }

    /** A codec with an application's own mapper; how strict reading is, is then the application's choice. */
    public static JacksonCodec of(JsonMapper mapper, JsonLimits limits) {
        return new JacksonCodec(mapper, limits);
    }

    /** The mapper's configuration, to start from where more is needed. */
    public static JsonMapper.Builder strictMapper(JsonLimits limits) {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.maxDepth())
                        .maxNumberLength(limits.maxNumberLength())
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        textual -> textual.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }

    @Override
    public byte[] write(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "cannot be written as JSON: " + value.getClass().getName(), e);
        }
    }

    @Override
    public <T> T read(byte[] json, Class<T> type) {
        try {
            T value = mapper.readValue(json, type);
            if (value == null) {
                throw InvalidPayloadException.invalid("", "A value is expected, not null.");
            }
            return value;
        } catch (DatabindException e) {
            throw InvalidPayloadException.invalid(Places.pointer(e.getPath()), Problems.describe(e));
        } catch (InputCoercionException e) {
            throw InvalidPayloadException.invalid(Places.pointer(e.getPath()), "This number is out of range.");
        } catch (JacksonException e) {
            throw InvalidPayloadException.malformed("The body is not well-formed JSON: " + Places.of(e));
        }
    }

    @Override
    public byte[] canonical(byte[] json) {
        return canonicalJson.canonical(json);
    }

    @Override
    public byte[] canonical(byte[] json, int maxBytes) {
        return canonicalJson.canonical(json, maxBytes);
    }
}
