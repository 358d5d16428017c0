package dev.semel.cli.ops;

import dev.semel.cli.Semel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a run of {@code semel ops} came to. */
public record OpsRun(int code, String out, String err) {

    /** Runs it in this process, with this environment and no other. */
    public static OpsRun of(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("ops"));
        all.addAll(List.of(arguments));
        int code = Semel.commandLine(environment)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
        return new OpsRun(code, out.toString(), err.toString());
    }

    public JsonNode json() {
        return JsonMapper.shared().readTree(out);
    }

    /** The row of the table that has this text in it. */
    public String row(String part) {
        return out.lines().filter(line -> line.contains(part)).findFirst().orElse("(no row with " + part + ")");
    }
}
