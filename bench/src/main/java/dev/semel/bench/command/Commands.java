package dev.semel.bench.command;

import dev.semel.bench.database.BenchDatabase;
import dev.semel.bench.report.Section;
import dev.semel.bench.round.Interleaving;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** What can be measured, by name. */
public final class Commands {
    private static final int HELP_WIDTH = 110;

    private Commands() {}

    @Command(
            name = "semel bench",
            description = "Measures Semel beside others, in turn, on a PostgreSQL of its own.",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "COMMAND")
    private static final class Root {}

    private record Entry(String description, Measurement measurement) {}

    private static Map<String, Entry> entries() {
        Map<String, Entry> entries = new LinkedHashMap<>();
        entries.put("write", new Entry("New payments.", Payments::write));
        entries.put("replay", new Entry("Retries, alone and mixed with new payments.", Payments::replay));
        entries.put("storm", new Entry("500 identical calls at once.", Payments::storm));
        entries.put("outbox", new Entry("Events from their insert to their acknowledgement.", Events::outbox));
        entries.put("http", new Entry("The server over HTTP, in a process of its own.", Http::http));
        entries.put("observed", new Entry("What metrics and boundary log cost, over HTTP.", Observed::observed));
        entries.put("cold", new Entry("Starts of the server, its first payments, and its memory.", Cold::cold));
        entries.put("sync", new Entry("Markdown sync over HTTP: pushes, publishes and pulls.", Sync::sync));
        entries.put("rivals", new Entry("The same work by other libraries.", Commands::rivals));
        entries.put(
                "growth",
                new Entry(
                        "New payments beside ten thousand and ten million old keys, and beside pruning.",
                        Growth::growth));
        return entries;
    }

    private static List<Section> rivals(BenchDatabase database, Options options, Interleaving interleaving) {
        List<Section> sections = new ArrayList<>(Payments.rivals(database, options, interleaving));
        sections.addAll(Events.rivals(database, options, interleaving));
        return sections;
    }

    /** The command line. */
    public static CommandLine all() {
        CommandLine root = new CommandLine(new Root());
        List<Measurement> everything = new ArrayList<>();
        entries().forEach((name, entry) -> {
            everything.add(entry.measurement());
            root.addSubcommand(command(name, entry.description(), List.of(entry.measurement())));
        });
        root.addSubcommand(command("all", "All of these, one after another.", everything));
        root.addSubcommand(new PictureCommand());
        return root.addSubcommand(new HelpCommand())
                .setUsageHelpWidth(HELP_WIDTH)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static CommandLine command(String name, String description, List<Measurement> measurements) {
        CommandLine command = new CommandLine(new MeasureCommand(measurements)).setCommandName(name);
        command.getCommandSpec().usageMessage().description(description);
        return command;
    }
}
