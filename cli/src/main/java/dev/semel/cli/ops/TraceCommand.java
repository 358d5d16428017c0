package dev.semel.cli.ops;

import dev.semel.cli.CommandFailure;
import dev.semel.cli.http.ApiRequest;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Tells what one request did. */
@Command(
        name = "trace",
        description = "Everything that one request did, from BEGIN to the last delivery.",
        footer = {"", "The request id is in the answer's header X-Request-Id, in the log, and in writes."})
final class TraceCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable OpsCommand ops;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "REQUEST_ID", description = "As in X-Request-Id.")
    private String requestId = "";

    @Override
    public Integer call() throws InterruptedException {
        CommandSpec running = Wired.by(spec);
        // It becomes a part of a path.
        if (!requestId.matches("[A-Za-z0-9._-]{1,128}") || requestId.matches("\\.{1,2}")) {
            throw CommandFailure.usage(
                    "A request id has 1 to 128 of A-Z, a-z, 0-9, '.', '_' and '-'.", "semel ops writes");
        }
        ObjectNode trace =
                Wired.by(ops).client(running).send(ApiRequest.get("/api/writes/" + requestId + "/trace", Map.of()));
        Wired.by(ops).output(running).one(trace, new TraceStory(trace).lines());
        return 0;
    }
}
