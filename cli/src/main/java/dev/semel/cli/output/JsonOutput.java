package dev.semel.cli.output;

import java.io.PrintWriter;
import java.util.List;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One JSON document, in ASCII: safe on any terminal, and in any encoding. */
record JsonOutput(PrintWriter out, JsonMapper json) implements Output {

    JsonOutput(PrintWriter out) {
        this(out, JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build());
    }

    @Override
    public void list(ObjectNode page, List<Column> columns) {
        print(page);
    }

    @Override
    public void one(ObjectNode thing, List<String> lines) {
        print(thing);
    }

    private void print(ObjectNode document) {
        out.println(json.writeValueAsString(document));
        out.flush();
    }
}
