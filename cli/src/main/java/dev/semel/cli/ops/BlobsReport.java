package dev.semel.cli.ops;

import dev.semel.cli.CommandFailure;
import dev.semel.cli.ExitStatus;
import dev.semel.cli.output.Cells;
import dev.semel.cli.output.Output;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a verification came to, page by page: each damaged content on a line. Names a thousand of them, and counts all. For one thread. */
final class BlobsReport {

    private static final int NAMED = 1_000;

    private final List<JsonNode> items = new ArrayList<>();
    private long read;
    private long bytes;
    private long damaged;

    void add(JsonNode page) {
        read += page.path("read").asLong(0);
        bytes += page.path("bytes").asLong(0);
        for (JsonNode item : page.path("items")) {
            damaged++;
            if (items.size() < NAMED) {
                items.add(item);
            }
        }
    }

    /**
     * Prints it.
     *
     * @throws CommandFailure with the status of differences, if there are any
     */
    int print(Output output) {
        output.one(json(), lines());
        if (damaged > 0) {
            throw new CommandFailure(
                    ExitStatus.DIFFERENCES,
                    "BLOBS_DAMAGED",
                    (damaged == 1 ? "The content of 1 blob is" : "The contents of " + damaged + " blobs are")
                            + " missing or altered.",
                    "curl -X PUT .../api/blobs/sha256:... --data-binary @FILE   (the content itself; docs/operations.md, \"Content\")");
        }
        return ExitStatus.DONE.code();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        items.forEach(item -> lines.add("DAMAGED  " + Cells.text(item, "contentHash") + "  " + Cells.text(item, "size")
                + " bytes, " + Cells.text(item, "problem")));
        if (damaged > items.size()) {
            lines.add("And " + (damaged - items.size()) + " more.");
        }
        lines.add(sentence());
        return lines;
    }

    String sentence() {
        return read + (read == 1 ? " blob" : " blobs") + " of " + bytes + " bytes read, " + damaged + " damaged.";
    }

    private ObjectNode json() {
        ObjectNode report = JsonNodeFactory.instance
                .objectNode()
                .put("intact", damaged == 0)
                .put("read", read)
                .put("bytes", bytes)
                .put("damaged", damaged);
        ArrayNode named = report.putArray("items");
        items.forEach(named::add);
        return report;
    }
}
