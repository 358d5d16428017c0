package dev.semel.cli.ops;

import dev.semel.cli.CommandFailure;
import dev.semel.cli.http.ApiClient;
import dev.semel.cli.http.ApiRequest;
import dev.semel.cli.output.Cells;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Has what is parked tried again. */
@Command(
        name = "replay",
        description = "Has parked deliveries tried again from the start: one, all of an event, or all there are.")
final class OutboxReplayCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable OutboxCommand outbox;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "EVENT:SINK, or EVENT for all of an event.")
    private @Nullable String id;

    @Option(names = "--all-parked", description = "All that are parked, or those of --type or to --sink.")
    private boolean allParked;

    @Option(names = "--type", paramLabel = "TYPE", description = "With --all-parked: only events of this type.")
    private @Nullable String type;

    @Option(names = "--sink", paramLabel = "SINK", description = "With --all-parked: only deliveries to this sink.")
    private @Nullable String sink;

    @Mixin
    private RepairOptions repair = new RepairOptions();

    @Override
    public Integer call() throws InterruptedException {
        CommandSpec running = Wired.by(spec);
        OpsCommand ops = Wired.by(outbox).ops();
        requireOneMeaning(running);
        ApiClient client = ops.client(running);
        ObjectNode mended = client.send(request(repair.announcedKey(running)));
        ops.output(running).one(mended, List.of(sentence(Cells.text(mended, "deliveries"))));
        OpsCommand.talk(running).println("Audited: semel ops trace " + client.requestId());
        return 0;
    }

    private void requireOneMeaning(CommandSpec running) {
        boolean narrowed = type != null || sink != null;
        if ((id == null) != allParked || (narrowed && !allParked)) {
            throw CommandFailure.usage(
                    "Give an ID, or --all-parked with or without --type and --sink.",
                    running.qualifiedName() + " --help");
        }
        if (id != null) {
            DeliveryId.require(id);
        }
    }

    private ApiRequest request(String key) {
        if (id != null) {
            return ApiRequest.post("/api/outbox/" + id + "/replay", "{}", key);
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (type != null) {
            body.put("type", type);
        }
        if (sink != null) {
            body.put("sink", sink);
        }
        return ApiRequest.post("/api/outbox/replay", JsonMapper.shared().writeValueAsString(body), key);
    }

    private static String sentence(String deliveries) {
        return deliveries.equals("1") ? "1 delivery is tried again." : deliveries + " deliveries are tried again.";
    }
}
