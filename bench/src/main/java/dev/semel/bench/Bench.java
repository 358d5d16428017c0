package dev.semel.bench;

import dev.semel.bench.command.Commands;
import picocli.CommandLine;

/** The command {@code semel bench}. */
public final class Bench {
    /** In seconds: shorter than a server keeps an idle connection, or a POST may meet one that it has just closed. */
    private static final String KEEP_ALIVE = "5";

    private Bench() {}

    /** Runs a measurement; the exit code is 0 if every contender left the right rows. */
    public static void main(String[] arguments) {
        System.setProperty("jdk.httpclient.keepalive.timeout", KEEP_ALIVE);
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return Commands.all();
    }
}
