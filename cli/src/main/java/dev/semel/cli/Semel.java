package dev.semel.cli;

import dev.semel.cli.demo.DemoCommand;
import dev.semel.cli.server.ServerCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The {@code semel} command. Each subcommand lives in its own package. */
@Command(
        name = "semel",
        description = "Every write happens exactly once, no matter how often it is asked for.",
        mixinStandardHelpOptions = true,
        versionProvider = SemelVersion.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Semel {

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Semel())
                .addSubcommand(new CommandLine(new ServerCommand()).setStopAtUnmatched(true))
                .addSubcommand(new DemoCommand())
                .addSubcommand(new HelpCommand())
                .setExpandAtFiles(false)
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command.getErr()));
    }

    private static int report(Exception failure, PrintWriter err) throws Exception {
        if (!(failure instanceof CliException)) {
            throw failure;
        }
        err.println(failure.getMessage());
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }
}
