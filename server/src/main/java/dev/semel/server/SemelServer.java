package dev.semel.server;

import dev.semel.server.options.ServerOptions;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Map;
import picocli.CommandLine;

/** The program. Started by {@code ./semel server} or {@code java -jar semel-server.jar}. */
public final class SemelServer {
    private static final int FAILED = 1;

    private SemelServer() {}

    /**
     * Starts the server and returns when it is ready; the server goes on. If it cannot start, says why in a sentence on
     * standard error and ends with a code that is not 0. SIGTERM and SIGINT finish running requests and end with 0.
     */
    public static void main(String[] args) {
        int code = run(args, System.getenv(), SemelServer::serve);
        if (code != 0) {
            System.exit(code);
        }
    }

    static int run(String[] args, Map<String, String> environment, ServerCommand.Starter starter) {
        CommandLine command = new CommandLine(new ServerCommand(environment, starter));
        command.setParameterExceptionHandler((e, given) -> complain(e.getMessage() + ". Try --help.", command));
        command.setExecutionExceptionHandler((e, line, parsed) -> complain(StartFailures.explain(e), FAILED));
        return command.execute(withoutCommandWord(args));
    }

    private static void serve(ServerOptions options) {
        Signals.endCleanlyOn("TERM");
        Signals.endCleanlyOn("INT");
        RunningServer server = RunningServer.start(options);
        PrintStream out = System.out;
        server.newAdminToken().ifPresent(token -> out.println(token.announcement()));
        out.println("Semel is ready at " + server.url());
        out.flush();
    }

    private static String[] withoutCommandWord(String[] args) {
        return args.length > 0 && args[0].equals("server") ? Arrays.copyOfRange(args, 1, args.length) : args;
    }

    private static int complain(String sentence, CommandLine command) {
        return complain(sentence, command.getCommandSpec().exitCodeOnInvalidInput());
    }

    private static int complain(String sentence, int code) {
        System.err.println("semel server: " + sentence);
        return code;
    }
}
