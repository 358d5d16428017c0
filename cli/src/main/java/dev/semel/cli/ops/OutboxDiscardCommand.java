package dev.semel.cli.ops;

import dev.semel.cli.CommandText;
import dev.semel.cli.http.ApiClient;
import dev.semel.cli.http.ApiRequest;
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
import tools.jackson.databind.node.JsonNodeFactory;

/** Gives up what is parked. */
@Command(name = "discard", description = "Gives parked deliveries up for good; later ones that waited for them go on.")
final class OutboxDiscardCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable OutboxCommand outbox;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "EVENT:SINK, or EVENT for all of an event.")
    private String id = "";

    @Option(names = "--yes", description = "Does not ask.")
    private boolean yes;

    @Mixin
    private RepairOptions repair = new RepairOptions();

    @Override
    public Integer call() throws InterruptedException {
        CommandSpec running = Wired.by(spec);
        OpsCommand ops = Wired.by(outbox).ops();
        DeliveryId.require(id);
        if (!yes) {
            new Confirmation(OpsCommand.talk(running), CommandText.of(running))
                    .require("Discard " + id + "? Its event will never get there.");
        }
        ApiClient client = ops.client(running);
        client.send(ApiRequest.delete("/api/outbox/" + id, repair.announcedKey(running)));
        ops.output(running)
                .one(JsonNodeFactory.instance.objectNode().put("discarded", id), List.of("Discarded: " + id));
        OpsCommand.talk(running).println("Audited: semel ops trace " + client.requestId());
        return 0;
    }
}
