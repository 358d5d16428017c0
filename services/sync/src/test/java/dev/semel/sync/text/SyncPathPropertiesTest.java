package dev.semel.sync.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Paths over random text. */
class SyncPathPropertiesTest {
    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> piece = Arbitraries.oneOf(
                Arbitraries.of(
                        "/",
                        ".",
                        "..",
                        " ",
                        "a",
                        "A",
                        "ß",
                        "SS",
                        "İ",
                        "ı",
                        "ς",
                        "Σ",
                        ".git",
                        "con",
                        "~1",
                        "\\",
                        ":",
                        "\u0308",
                        "\u0345",
                        "\uFE0F",
                        "\u200D",
                        "ᾳ",
                        "\uD83D\uDE00"),
                Arbitraries.strings().ofMinLength(1).ofMaxLength(3),
                Arbitraries.integers().between(1, 0x10FFFF).map(Character::toString));
        return piece.list().ofMinSize(1).ofMaxSize(8).map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<String> likely() {
        return Arbitraries.of("a", "A", "ß", "ss", "ς", "Σ", "é", "ᾳ", "\u26A0", "b.md", "日", "İ")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(parts -> String.join("", parts))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(names -> Normalizer.normalize(String.join("/", names), Normalizer.Form.NFC));
    }

    @Provide
    Arbitrary<List<String>> several() {
        return likely().list().ofMaxSize(8);
    }

    @Property(tries = 5000)
    void whatIsTakenStaysInItsFolderAndInItsBytes(@ForAll("hostile") String text) {
        Optional<SyncPath> taken = SyncPath.parse(text).value();
        if (taken.isEmpty()) {
            return;
        }
        List<String> stack = new ArrayList<>();
        for (String name : text.split("[/\\\\]", -1)) {
            assertThat(name).isNotEmpty().isNotEqualTo(".").isNotEqualTo("..");
            stack.add(name);
        }
        assertThat(String.join("/", stack)).isEqualTo(text);
        assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(text);
        assertThat(text.codePoints()).noneMatch(Character::isISOControl);
    }

    @Property(tries = 5000)
    void theKeyIsAFixedPointAndKnowsNoCase(@ForAll("likely") String text) {
        SyncPath path = SyncPathTest.path(text);

        assertThat(PathKeys.of(path.key())).isEqualTo(path.key());
        for (String spelling : List.of(
                text.toLowerCase(Locale.ROOT),
                text.toUpperCase(Locale.ROOT),
                Normalizer.normalize(text, Normalizer.Form.NFD))) {
            assertThat(PathKeys.of(spelling)).isEqualTo(path.key());
        }
        assertThat(path.key().chars().filter(c -> c == '/').count())
                .isEqualTo(text.chars().filter(c -> c == '/').count());
    }

    @Property
    void collisionsOfASetAreThoseOfItsPairs(@ForAll("several") List<String> texts) {
        List<SyncPath> paths = texts.stream().map(SyncPathTest::path).toList();
        List<PathCollision> pairs = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            for (int j = 0; j < i; j++) {
                paths.get(i).collision(paths.get(j)).ifPresent(pairs::add);
                assertThat(paths.get(i).collision(paths.get(j)))
                        .isEqualTo(paths.get(j).collision(paths.get(i)));
            }
        }

        assertThat(PathCollisions.among(paths).isEmpty()).isEqualTo(pairs.isEmpty());
    }
}
