package dev.semel.cli;

import dev.semel.cli.demo.DemoCommand;
import dev.semel.cli.ops.OpsCommand;
import dev.semel.cli.server.ServerCommand;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/** The {@code semel} command. Each subcommand lives in its own package. */
@Command(
        name = "semel",
        description = "Every write happens exactly once, no matter how often it is asked for.",
        mixinStandardHelpOptions = true,
        versionProvider = SemelVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "In a checkout also: semel bench, which measures Semel beside others."})
public final class Semel {

    private static final int HELP_WIDTH = 110;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return commandLine(System.getenv());
    }

    /** The command in an environment that a test may choose. */
    public static CommandLine commandLine(Map<String, String> environment) {
        return new CommandLine(new Semel())
                .addSubcommand(new CommandLine(new ServerCommand()).setStopAtUnmatched(true))
                .addSubcommand(new DemoCommand())
                .addSubcommand(new OpsCommand(environment))
                .addSubcommand(new HelpCommand())
                .setExpandAtFiles(false)
                .setUsageHelpWidth(HELP_WIDTH)
                .setParameterExceptionHandler((failure, arguments) -> misused(failure))
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command.getErr()));
    }

    /** Who typed only the name of a group is shown what is in it; all else is one sentence. */
    private static int misused(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        String help = command.getCommandSpec().qualifiedName() + " --help";
        CommandFailure misuse = CommandFailure.usage(String.valueOf(failure.getMessage()), help);
        print(misuse.lines(), err);
        if (!(command.getCommand() instanceof Callable)) {
            command.usage(err);
        }
        return misuse.status().code();
    }

    private static int report(Exception failure, PrintWriter err) throws Exception {
        if (failure instanceof CommandFailure explained) {
            print(explained.lines(), err);
            return explained.status().code();
        }
        if (failure instanceof CliException sentence) {
            print(List.of(String.valueOf(sentence.getMessage())), err);
            return ExitStatus.ERROR.code();
        }
        throw failure;
    }

    private static void print(List<String> lines, PrintWriter err) {
        lines.forEach(err::println);
        err.flush();
    }
}
