package dev.semel.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Fingerprint;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import tools.jackson.databind.json.JsonMapper;

/** The fingerprint over random documents. */
class CanonicalJsonPropertiesTest {
    private static final JsonMapper PLAIN = JsonMapper.builder().build();

    private final JacksonCodec codec = JacksonCodec.ofDefaults();

    private Fingerprint fingerprint(String json) {
        return Fingerprint.of("op", Map.of(), codec.canonical(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** Renders a value in a random spelling: member order, white space, escapes and number form all vary. */
    private static String spell(Object value, Random random) {
        String space = " ".repeat(random.nextInt(2)) + "\n".repeat(random.nextInt(2));
        return space + spellValue(value, random) + space;
    }

    private static String spellValue(Object value, Random random) {
        if (value instanceof Map<?, ?> members) {
            List<String> parts = new ArrayList<>();
            members.forEach(
                    (name, member) -> parts.add(" " + spellText((String) name, random) + " :" + spell(member, random)));
            Collections.shuffle(parts, random);
            return "{" + String.join(",", parts) + "}";
        }
        if (value instanceof List<?> elements) {
            return "["
                    + String.join(
                            ",", elements.stream().map(e -> spell(e, random)).toList()) + "]";
        }
        if (value instanceof BigDecimal number) {
            return spellNumber(number, random);
        }
        return value instanceof String text ? spellText(text, random) : String.valueOf(value);
    }

    private static String spellNumber(BigDecimal number, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> number.toPlainString();
            case 1 -> number.unscaledValue() + "e" + -number.scale();
            default -> number.setScale(number.scale() + random.nextInt(4)).toPlainString();
        };
    }

    private static String spellText(String text, Random random) {
        StringBuilder out = new StringBuilder("\"");
        text.chars().forEach(c -> {
            boolean escape = c < ' ' || c == '"' || c == '\\' || random.nextInt(4) == 0;
            out.append(escape ? String.format("\\u%04x", c) : String.valueOf((char) c));
        });
        return out.append('"').toString();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().ascii().excludeChars('\0').ofMaxLength(8);
    }

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<Object> leaves = Arbitraries.oneOf(
                texts().map(text -> (Object) text),
                Arbitraries.bigDecimals()
                        .between(new BigDecimal("-1e20"), new BigDecimal("1e20"))
                        .ofScale(6)
                        .map(number -> (Object) number),
                Arbitraries.of(true, false));
        return Arbitraries.recursive(() -> leaves, CanonicalJsonPropertiesTest::around, 0, 3);
    }

    private static Arbitrary<Object> around(Arbitrary<Object> values) {
        return Arbitraries.oneOf(
                values.list().ofMaxSize(3).map(list -> (Object) list),
                Arbitraries.maps(Arbitraries.strings().alpha().ofMaxLength(4), values)
                        .ofMaxSize(3)
                        .map(map -> (Object) map));
    }

    @Property(tries = 500)
    void everySpellingOfAValueHasOneFingerprint(@ForAll("values") Object value, @ForAll long seed) {
        Random random = new Random(seed);

        assertThat(fingerprint(spell(value, random))).isEqualTo(fingerprint(spell(value, random)));
    }

    @Property(tries = 500)
    void canonicalFormIsJsonOfTheSameValueAndItsOwnCanonicalForm(@ForAll("values") Object value, @ForAll long seed) {
        String json = spell(value, new Random(seed));
        byte[] canonical = codec.canonical(json.getBytes(StandardCharsets.UTF_8));

        assertThat(codec.canonical(canonical)).isEqualTo(canonical);
        assertThat(PLAIN.readTree(canonical).isArray())
                .isEqualTo(PLAIN.readTree(json).isArray());
    }

    @Property(tries = 500)
    void differentValuesHaveDifferentFingerprints(@ForAll("values") Object one, @ForAll("values") Object other) {
        String first = spell(one, new Random(1));
        String second = spell(other, new Random(1));
        Assume.that(!first.strip().equals(second.strip()));
        Assume.that(!comparable(one).equals(comparable(other)));

        assertThat(fingerprint(first)).isNotEqualTo(fingerprint(second));
    }

    private static Object comparable(Object value) {
        if (value instanceof BigDecimal number) {
            return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(CanonicalJsonPropertiesTest::comparable).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> result = new java.util.HashMap<>();
            map.forEach((name, member) -> result.put(name, comparable(member)));
            return result;
        }
        return value;
    }

    @Property(tries = 500)
    void lastDigitOfALongAmountCounts(@ForAll("digits") BigInteger digits, @ForAll @IntRange(max = 10) int scale) {
        BigDecimal amount = new BigDecimal(digits, scale);
        BigDecimal next = amount.add(BigDecimal.ONE.movePointLeft(scale));

        assertThat(fingerprint(amount.toPlainString())).isNotEqualTo(fingerprint(next.toPlainString()));
    }

    @Provide
    Arbitrary<BigInteger> digits() {
        return Arbitraries.bigIntegers().between(BigInteger.TEN.pow(16), BigInteger.TEN.pow(40));
    }
}
