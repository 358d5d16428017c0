package dev.semel.sync.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentBytesTest {
    static ContentBytes content(String text) {
        return ContentBytes.ofText(text).orElseThrow(refusal -> new IllegalArgumentException(refusal.toString()));
    }

    @ParameterizedTest
    @CsvSource(
            emptyValue = "",
            value = {
                "a\\nb\\n, a\\nb\\n",
                "a\\r\\nb\\r\\n, a\\nb\\n",
                "a\\rb\\r, a\\nb\\n",
                "a\\r\\r\\nb, a\\n\\nb",
                "a\\n\\rb, a\\n\\nb",
                "\\uFEFFa, a",
                "\\uFEFF\\uFEFFa, a",
                "a\\uFEFF, a\\uFEFF",
                "'', ''",
                "\\uFEFF, ''",
                "\\r, \\n",
                "a, a",
                "😀\\r\\n, 😀\\n"
            })
    void storesLinesEndedByLfAndNoMark(String sent, String stored) {
        ContentBytes content = content(unescaped(sent));

        assertThat(content.text()).isEqualTo(unescaped(stored));
        assertThat(content.size()).isEqualTo(content.bytes().length);
    }

    private static String unescaped(String text) {
        return text.replace("\\uFEFF", "\uFEFF").translateEscapes();
    }

    @Test
    void hashesWhatIsStored() {
        assertThat(content("\uFEFFabc").hash())
                .isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
                .isEqualTo(content("abc").hash());
        assertThat(content("").hash())
                .isEqualTo("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(content("a\r\n"))
                .isEqualTo(content("a\n"))
                .hasSameHashCodeAs(content("a\n"))
                .isNotEqualTo(content("a"));
        assertThat(content("secret").toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "c080", "eda080", "f4908080", "e282", "61ff62", "f0808080", "c3"})
    void refusesBytesThatAreNotUtf8(String hex) {
        Refusal refusal =
                ContentBytes.ofBytes(HexFormat.of().parseHex(hex)).refusal().orElseThrow();

        assertThat(refusal.code()).isEqualTo("CONTENT_INVALID");
        assertThat(refusal.rule()).isEqualTo("NOT_UTF8");
    }

    @Test
    void looksAtTheLastByteOfALargeFile() {
        byte[] large = new byte[100_000];
        Arrays.fill(large, (byte) 'a');
        large[large.length - 1] = (byte) 0xE2;

        assertThat(ContentBytes.ofBytes(large).refusal().orElseThrow().rule()).isEqualTo("NOT_UTF8");
    }

    @Test
    void refusesHalfPairsAndNul() {
        assertThat(ContentBytes.ofText("a\uD83D").refusal().orElseThrow().rule())
                .isEqualTo("NOT_UTF8");
        assertThat(ContentBytes.ofText("a\0b").refusal().orElseThrow().rule()).isEqualTo("NUL");
    }

    @Test
    void givesItsBytesAway() {
        byte[] sent = "abc".getBytes(StandardCharsets.UTF_8);
        ContentBytes content = ContentBytes.ofBytes(sent).value().orElseThrow();
        sent[0] = 'x';
        content.bytes()[1] = 'x';

        assertThat(content.text()).isEqualTo("abc");
    }

    @ParameterizedTest
    @CsvSource({
        "<<<<<<< HEAD\\na\\n=======\\nb\\n>>>>>>> x\\n, 1",
        "a\\n<<<<<<<\\na\\n>>>>>>>, 2",
        "a\\n<<<<<<< a\\n||||||| base\\nb\\n=======\\nc, 2",
        "a\\r\\n<<<<<<< HEAD\\r\\n=======\\r\\n, 2",
        "a\\n\\n<<<<<<< x\\n<<<<<<< y\\n=======, 3"
    })
    void findsWhatAnUnfinishedMergeLeft(String text, int line) {
        assertThat(content(text.translateEscapes()).conflictMarkers()).hasValue(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Welcome\n=======\n",
                "Welcome\n=======\n\n>>>>>>> seven levels deep\n",
                "    <<<<<<< HEAD\n    =======\n",
                "<<<<<<<< eight\n=======\n",
                "<<<<<<<\n",
                "<<<<<< six\n=======\n",
                "=======\n<<<<<<< x",
                "a <<<<<<< b\n=======",
                "<<<<<<<x\n=======\n",
                ""
            })
    void takesMarkdownThatOnlyLooksLikeIt(String text) {
        assertThat(content(text).conflictMarkers()).isEmpty();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("\r", "\n", "\r\n", "\uFEFF", "a", "é", "\uD83D\uDE00", "<<<<<<<", " ")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    @Property
    void readingWhatIsStoredGivesTheSame(@ForAll("texts") String text) {
        ContentBytes once = content(text);

        assertThat(ContentBytes.ofBytes(once.bytes()).value()).contains(once);
        assertThat(once.text()).doesNotContain("\r").doesNotStartWith("\uFEFF");
        assertThat(once.text().lines().toList())
                .isEqualTo(text.replaceFirst("^\uFEFF+", "").lines().toList());
    }

    @Property
    void bytesAreReadAsTheirTextIs(@ForAll byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean whole = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
        boolean nul = text.indexOf('\0') >= 0;

        assertThat(ContentBytes.ofBytes(bytes).value().isPresent()).isEqualTo(whole && !nul);
    }
}
