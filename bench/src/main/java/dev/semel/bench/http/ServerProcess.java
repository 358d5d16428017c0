package dev.semel.bench.http;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A {@code semel server} in a process of its own with its own database; all is gone at {@link #close()}. Thread-safe. */
public final class ServerProcess implements AutoCloseable {
    private static final String READY = "Semel is ready at ";
    private static final long START_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(90);
    private static final long LOOK_MILLIS = 10;

    private final Path folder;
    private final Process process;
    private final URI address;
    private final double startMillis;

    private ServerProcess(Path folder, Process process, URI address, double startMillis) {
        this.folder = folder;
        this.process = process;
        this.address = address;
        this.startMillis = startMillis;
    }

    /**
     * Starts one in a new folder, with a heap of 512 MB, and waits until it is ready.
     *
     * @param jar of the server
     * @param javaOptions further ones
     */
    public static ServerProcess start(Path jar, String... javaOptions) throws IOException, InterruptedException {
        List<String> program = new ArrayList<>(List.of(java(), "-Xmx512m"));
        program.addAll(List.of(javaOptions));
        program.addAll(List.of("-jar", jar.toString()));
        return startIn(Files.createTempDirectory("semel-bench-server"), program);
    }

    /** The Java that runs this. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * Starts one in a folder that may have been another one's before, and waits until it is ready.
     *
     * @param program that becomes the server, with what it is told before the server's own options
     */
    public static ServerProcess startIn(Path folder, List<String> program) throws IOException, InterruptedException {
        Path log = log(folder);
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("--port", "0", "--data", folder.resolve("data").toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SEMEL_") || name.startsWith("SPRING_"));
        long start = System.nanoTime();
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "server-end"));
        try {
            URI address = awaitAddress(process, log);
            return new ServerProcess(folder, process, address, (System.nanoTime() - start) / 1e6);
        } catch (IOException | InterruptedException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static Path log(Path folder) {
        return folder.resolve("server.log");
    }

    private static URI awaitAddress(Process process, Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + START_LIMIT_NANOS;
        while (System.nanoTime() < end && process.isAlive()) {
            Optional<URI> address = address(log);
            if (address.isPresent()) {
                return address.get();
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new IllegalStateException("the server did not start: " + Files.readString(log));
    }

    private static Optional<URI> address(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
        return lines.stream()
                .filter(line -> line.contains(READY))
                .map(line -> line.substring(line.indexOf(READY) + READY.length()))
                .map(rest -> URI.create(rest.split(" ", 2)[0].replaceAll("[.,]$", "")))
                .findFirst();
    }

    /** Where its data are, and its log. */
    Path folder() {
        return folder;
    }

    /** How long it took until it was ready, in milliseconds, the start of the JVM included. */
    public double startMillis() {
        return startMillis;
    }

    /** Whether it has said that. */
    public boolean hasLogged(String text) throws IOException {
        try (Stream<String> lines = Files.lines(log(folder), StandardCharsets.UTF_8)) {
            return lines.anyMatch(line -> line.contains(text));
        }
    }

    /** Where it listens. */
    public URI address() {
        return address;
    }

    /** The token of the administrator of the tenant {@code demo}. */
    public String token() throws IOException {
        return Files.readString(folder.resolve("data").resolve("admin-token")).strip();
    }

    /** The memory that the process has now, without its database; NaN where the system does not tell. */
    public double residentMegabytes() {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return Double.NaN;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The single number that a query gives, as the database's owner.
     *
     * @throws IllegalStateException if the database refuses
     */
    public long count(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        Path file = folder.resolve("data").resolve("postgres").resolve("connection.properties");
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String url = properties.getProperty("jdbcUrl").replaceFirst("/[^/]*$", "/semel");
        return DriverManager.getConnection(url, properties.getProperty("user"), properties.getProperty("password"));
    }

    /** Ends it in an orderly way; its folder stays. */
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        stop();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
