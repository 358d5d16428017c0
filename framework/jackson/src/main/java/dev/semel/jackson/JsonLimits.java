package dev.semel.jackson;

/**
 * Bounds on the JSON that is taken. They keep the cost of a hostile document proportional to its size. Immutable.
 *
 * @param maxBytes size of the whole document
 * @param maxDepth levels of objects and arrays
 * @param maxNumberLength characters of one number
 * @param maxExponent absolute value of a number's decimal exponent
 */
public record JsonLimits(int maxBytes, int maxDepth, int maxNumberLength, int maxExponent) {
    /** 1 MiB, 64 levels, 100 characters a number, exponents up to 100. */
    public static JsonLimits ofDefaults() {
        return new JsonLimits(1 << 20, 64, 100, 100);
    }

    /** These limits with another size. */
    public JsonLimits withMaxBytes(int bytes) {
        return new JsonLimits(bytes, maxDepth, maxNumberLength, maxExponent);
    }
}
