package dev.semel.cli.demo;

import dev.semel.cli.CliException;
import dev.semel.cli.Terminal;
import dev.semel.cli.demo.samples.SampleCompany;
import dev.semel.cli.demo.tally.Problems;
import dev.semel.cli.demo.verify.DatabaseCheck;
import dev.semel.cli.demo.verify.DatabaseRows;
import dev.semel.cli.demo.verify.ExpectedBooks;
import dev.semel.cli.demo.verify.HttpCheck;
import dev.semel.cli.demo.verify.SemelApi;
import dev.semel.cli.demo.verify.TrialBalance;
import dev.semel.cli.server.ServerJar;
import dev.semel.cli.server.ServerLaunch;
import dev.semel.cli.server.ServerProcess;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows on a real server, with a bad network and two kills, that each payment exists exactly once. */
@Command(
        name = "demo",
        description = "Sends a small company's quarter over a bad network, and counts.",
        footer = {
            "",
            "Starts a server on fresh data and sends every request several times at once,",
            "throws answers away and asks again, uses keys again with another amount, and",
            "kills the server in the middle. Then compares what it answers, and what its",
            "database holds, with the samples. Exit code 0 only if each payment exists",
            "exactly once and every balance is right."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class DemoCommand implements Callable<Integer> {

    private static final String TENANT = "demo";
    private static final Duration START_LIMIT = Duration.ofSeconds(120);

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "An empty folder for the data; a temporary one if absent.")
    private @Nullable Path data;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "The server's port; 0 takes a free one.")
    private int port;

    @Option(names = "--keep", description = "Leave the server up at the end, until Ctrl-C, and keep the data.")
    private boolean keep;

    @Option(
            names = "--samples",
            paramLabel = "DIR",
            defaultValue = "${sys:semel.home:-.}/samples",
            description = "The folder of the CSV files.")
    private Path samples = Path.of("samples");

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "20260701",
            description = "Decides which request is mistreated how.")
    private long seed;

    @Option(names = "--no-color", description = "No colours on a terminal.")
    private boolean noColor;

    @Override
    public Integer call() throws InterruptedException {
        SampleCompany company = SampleCompany.read(samples);
        ServerJar jar = ServerJar.located();
        DemoFolder folder = DemoFolder.open(data);
        String token = newToken();
        ServerProcess server = new ServerProcess(launch(jar, folder.path(), token), START_LIMIT);
        try (Cleanup cleanup = Cleanup.of(server, folder, keep)) {
            return runOrLeaveTraces(company, folder, server, token, cleanup);
        }
    }

    private int runOrLeaveTraces(
            SampleCompany company, DemoFolder folder, ServerProcess server, String token, Cleanup cleanup)
            throws InterruptedException {
        try {
            return run(company, folder, server, token, cleanup);
        } catch (CliException e) {
            cleanup.leaveFolder();
            throw e;
        }
    }

    private int run(SampleCompany company, DemoFolder folder, ServerProcess server, String token, Cleanup cleanup)
            throws InterruptedException {
        Screen screen = screen();
        Problems problems = new Problems();
        start(server, folder, screen);
        DemoResult result = new Demo(server, token, seed, screen).run(company, problems);
        check(company, folder, new SemelApi(server.address(), token), result, problems);
        new Report(screen).verdict(problems.all());
        if (!problems.isEmpty()) {
            cleanup.leaveFolder();
            screen.line("The data and the server's log are left in " + folder.path());
        }
        if (keep) {
            stayUp(server, folder, token, screen);
        }
        return problems.isEmpty() ? 0 : 1;
    }

    private void start(ServerProcess server, DemoFolder folder, Screen screen) throws InterruptedException {
        screen.headline("Starting a server on " + folder.path() + " (seed " + seed + ")");
        server.start();
        screen.line("  Ready at " + server.address());
    }

    private void check(SampleCompany company, DemoFolder folder, SemelApi api, DemoResult result, Problems problems)
            throws InterruptedException {
        ExpectedBooks expected = new ExpectedBooks(company, result.ids());
        TrialBalance balance = new HttpCheck(api, expected, problems).verify();
        DatabaseRows rows = new DatabaseCheck(folder.path(), TENANT, expected, problems).verify();
        Report report = new Report(screen());
        report.writes(company, result, rows);
        report.balance(balance);
        report.circumstances(result);
    }

    private static void stayUp(ServerProcess server, DemoFolder folder, String token, Screen screen)
            throws InterruptedException {
        screen.line("");
        screen.line("The server stays up until Ctrl-C:");
        screen.line("  address  " + server.address());
        screen.line("  token    " + token);
        screen.line("  data     " + folder.path());
        server.awaitEnd();
    }

    private ServerLaunch launch(ServerJar jar, Path folder, String token) {
        Map<String, String> environment = Map.of("SEMEL_BOOTSTRAP_TOKENS", TENANT + ":owner:admin:" + token);
        return new ServerLaunch(jar, folder, port, environment, folder.resolve("server.log"));
    }

    private Screen screen() {
        boolean colour = !noColor && System.getenv("NO_COLOR") == null;
        return new Screen(System.out, Terminal.isPresent(), colour);
    }

    private static String newToken() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
