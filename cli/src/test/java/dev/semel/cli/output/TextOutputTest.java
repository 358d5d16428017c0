package dev.semel.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TextOutputTest {

    private static final List<Column> COLUMNS = List.of(
            Column.of("NAME", "name"),
            Column.number("COUNT", "count"),
            Column.time("AT", "at"),
            Column.of("ROUTES", "routes"));
    private static final String PAGE = """
            {"items":[{"name":"a","count":12345678901234567890,"at":"2026-11-24T19:57:26.123456Z","routes":["x","y"]},
                      {"name":"longer","count":7,"at":"2026-11-24T19:57:26Z","routes":[]},
                      {"name":null,"at":"soon"}],"nextCursor":"c"}""";

    private final StringWriter out = new StringWriter();
    private final StringWriter talk = new StringWriter();

    @Test
    void columnsAreAlignedAndNoDigitIsLost() {
        print(PAGE, Optional.empty());

        assertThat(out.toString()).isEqualTo("""
                NAME                   COUNT  AT                        ROUTES
                a       12345678901234567890  2026-11-24T19:57:26.123Z  x, y
                longer                     7  2026-11-24T19:57:26.000Z  -
                -                          -  soon                      -
                """);
        assertThat(talk.toString()).isEqualTo("There is more: raise --limit.\n");
    }

    @Test
    void linesAreCutOnATerminalOnly() {
        print(PAGE, Optional.of(20));

        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 20).contains("a       123456789...");
    }

    @Test
    void nothingIsSaidBesideTheData() {
        print("{\"items\":[]}", Optional.empty());

        assertThat(out.toString()).isEmpty();
        assertThat(talk.toString()).isEqualTo("Nothing found.\n");
    }

    private void print(String page, Optional<Integer> width) {
        new TextOutput(new PrintWriter(out), new PrintWriter(talk), width)
                .list((ObjectNode) JsonMapper.shared().readTree(page), COLUMNS);
    }
}
