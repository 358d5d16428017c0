package dev.semel.cli.ops;

import dev.semel.cli.CommandFailure;
import dev.semel.cli.CommandText;
import dev.semel.cli.ExitStatus;
import dev.semel.cli.http.ApiClient;
import dev.semel.cli.http.ApiRequest;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Verifies content. */
@Command(
        name = "verify",
        description = {
            "Has the server read the tenant's content and compare it with its hashes, from one short request to the next.",
            "Exit code 10 if some is missing or altered."
        },
        footer = {
            "",
            "The content of all tenants is read by the server's job verify-blobs, which reports in the server's log."
        })
final class BlobsVerifyCommand implements Callable<Integer> {

    private static final String PAGE = "500";

    @ParentCommand
    private @Nullable BlobsCommand blobs;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--after", paramLabel = "CURSOR", description = "Goes on where a run has ended that was cut off.")
    private String after = "";

    @Override
    public Integer call() throws InterruptedException {
        CommandSpec running = Wired.by(spec);
        OpsCommand ops = Wired.by(blobs).ops();
        ApiClient client = ops.client(running);
        BlobsReport report = new BlobsReport();
        String cursor = after;
        do {
            ObjectNode page = next(client, cursor, report, CommandText.of(running));
            report.add(page);
            cursor = progress(cursor, page.path("nextCursor").asString(""), running);
        } while (!cursor.isEmpty());
        return report.print(ops.output(running));
    }

    /** What has been found so far is not lost with the request that fails. */
    private ObjectNode next(ApiClient client, String cursor, BlobsReport report, CommandText command)
            throws InterruptedException {
        try {
            return client.send(ApiRequest.get("/api/blobs/damaged", query(cursor)));
        } catch (CommandFailure e) {
            if (cursor.isEmpty() || e.status() != ExitStatus.TEMPORARY) {
                throw e;
            }
            throw new CommandFailure(
                    e.status(), e.code(), e.getMessage() + " So far: " + report.sentence(), goingOn(command, cursor));
        }
    }

    private String goingOn(CommandText command, String cursor) {
        String typed = command.toString();
        return after.isEmpty() ? command.with("--after", cursor).toString() : typed.replace(after, cursor);
    }

    private static Map<String, String> query(String cursor) {
        Map<String, String> query = new TreeMap<>(Map.of("limit", PAGE));
        if (!cursor.isEmpty()) {
            query.put("cursor", cursor);
        }
        return query;
    }

    private static String progress(String before, String cursor, CommandSpec running) {
        if (!cursor.isEmpty() && cursor.equals(before)) {
            throw new CommandFailure(
                    ExitStatus.ERROR,
                    "UNEXPECTED_ANSWER",
                    "/api/blobs/damaged goes in circles: the same nextCursor came twice.",
                    CommandText.of(running).toString());
        }
        return cursor;
    }
}
