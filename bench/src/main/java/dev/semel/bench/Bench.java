package dev.semel.bench;

import dev.semel.bench.command.Commands;
import picocli.CommandLine;

/** The command {@code semel bench}. */
public final class Bench {
    private Bench() {}

    /** Runs a measurement; the exit code is 0 if every contender left the right rows. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return Commands.all();
    }
}
