package dev.semel.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the guides show is what is compiled and tested, and the tests that they name exist. */
class GuideTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- snippet (\\S+) -->\n```\\w+\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern HEAD = Pattern.compile("\\Apackage .*?;\n(?:\n|import .*\n)*");
    private static final Pattern FINANCIAL = Pattern.compile(
            "^\\| (\\w+) \\| the [^|]+(?:`write\\.resultId\\(\\)`|the write's id stays with it) \\|",
            Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("`(\\w+[a-z](?:Test|IT))(?:\\.(\\w+))?`");

    private static List<MatchResult> matches(Pattern pattern, String document) throws IOException {
        return pattern.matcher(Files.readString(ROOT.resolve(document)))
                .results()
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"docs/quickstart.md, 8", "docs/events.md, 0"})
    void snippetsAreSourcesThatAreCompiled(String document, int moreThan) throws IOException {
        List<MatchResult> snippets = matches(SNIPPET, document);

        assertThat(snippets).hasSizeGreaterThan(moreThan);
        for (MatchResult snippet : snippets) {
            assertThat(withoutHead(Files.readString(ROOT.resolve(snippet.group(1)))))
                    .as(snippet.group(1))
                    .isEqualTo(withoutHead(snippet.group(2)));
        }
    }

    /** Package and imports may be left out. */
    private static String withoutHead(String source) {
        return HEAD.matcher(source.strip()).replaceFirst("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/contract.md", "GUARANTEES.md"})
    void testsThatAreNamedExist(String document) throws IOException {
        List<MatchResult> named = matches(TEST, document);

        assertThat(named).hasSizeGreaterThan(10);
        List<Path> sources = sources();
        for (MatchResult test : named) {
            assertThat(sources.stream().filter(file -> file.endsWith(test.group(1) + ".java")))
                    .as(test.group(1))
                    .isNotEmpty()
                    .anyMatch(file -> test.group(2) == null || text(file).contains(" " + test.group(2) + "("));
        }
    }

    @Test
    void contractHasARowForEachFinancialOperationOfTheBooks() throws IOException {
        List<String> financial = operations()
                .filter(operation -> operation.path("risk").asString().equals("FINANCIAL"))
                .map(operation -> operation.path("name").asString())
                .toList();

        assertThat(matches(FINANCIAL, "docs/contract.md").stream().map(row -> row.group(1)))
                .hasSizeGreaterThan(8)
                .containsExactlyInAnyOrderElementsOf(financial);
    }

    private static Stream<JsonNode> operations() throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readString(ROOT.resolve("services/books/semel-operations.json")))
                .path("operations")
                .valueStream();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Stream.of("framework", "services", "server", "cli", "examples")
                .map(ROOT::resolve)
                .flatMap(GuideTest::walk)) {
            return files.filter(file -> file.toString().contains("src")).toList();
        }
    }

    private static Stream<Path> walk(Path folder) {
        try {
            return Files.walk(folder).filter(file -> file.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
