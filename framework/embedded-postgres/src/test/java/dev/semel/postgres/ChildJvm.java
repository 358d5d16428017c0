package dev.semel.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that starts a server, reports on it, and waits to be killed. */
final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private ChildJvm(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    /** What the child runs: prints one line, {@code pid <postmaster>} or {@code failed <message>}. */
    public static void main(String[] arguments) throws Exception {
        var directory = Path.of(arguments[0]);
        try {
            var postgres = EmbeddedPostgres.start(EmbeddedPostgresConfig.builder(directory)
                    .setting("work_mem", "1234kB")
                    .build());
            new Sql(postgres).execute("create table if not exists entry (id int)");
            new Sql(postgres).execute("insert into entry values (1)");
            System.out.println("pid "
                    + PostmasterFile.read(directory.resolve("cluster"))
                            .orElseThrow()
                            .pid());
            new CountDownLatch(1).await();
        } catch (EmbeddedPostgresException e) {
            System.out.println("failed " + e.getMessage());
        }
    }

    static ChildJvm start(Path directory) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(ChildJvm.class.getName(), directory.toString()));
        return new ChildJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** What the child printed; waits for it. */
    String report() throws IOException {
        return output.readLine();
    }

    /** The pid of the child's server; waits for its start. */
    long postmaster() throws IOException {
        var report = report();
        if (!report.startsWith("pid ")) {
            throw new IOException(report);
        }
        return Long.parseLong(report.substring("pid ".length()));
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    /** Waits until a cluster is being created below the directory. */
    static void awaitInitdb(Path directory) {
        Poll.until(() -> isInitializing(directory), Duration.ofSeconds(60));
    }

    private static boolean isInitializing(Path directory) {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (var drafts = Files.newDirectoryStream(directory, "cluster.new-*")) {
            for (var draft : drafts) {
                return Files.exists(draft.resolve("cluster/PG_VERSION"));
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }
}
