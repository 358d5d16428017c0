package dev.semel.cli.server;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The main class of a jar that stands in for the server's. Its data folder's name says what it does. */
public final class FakeServerMain {

    static final String BUILD = "build";

    private FakeServerMain() {}

    public static void main(String[] arguments) throws Exception {
        if (System.getProperty("jarmode", "").equals("tools")) {
            extract(Path.of(arguments[Arrays.asList(arguments).indexOf("--destination") + 1]));
            return;
        }
        if (arguments[0].equals("--help")) {
            return;
        }
        if (arguments[0].equals("demo")) {
            System.out.println(System.getProperty("semel.server.jar"));
            System.out.println(System.getProperty("semel.server.archive"));
            return;
        }
        if (arguments[0].equals("record")) {
            Files.write(Path.of(arguments[1]), List.of(arguments));
            System.exit(7);
        }
        String data = arguments[Arrays.asList(arguments).indexOf("--data") + 1];
        if (data.contains("/training.")) {
            train();
        }
        System.out.println("token " + System.getenv("SEMEL_BOOTSTRAP_TOKENS"));
        if (data.endsWith("broken")) {
            System.out.println("Cannot open the data folder");
            System.exit(3);
        }
        if (data.endsWith("hanging")) {
            Thread.sleep(60_000);
        }
        serve();
    }

    /** As Spring Boot's jar does it. */
    private static void extract(Path destination) throws Exception {
        Files.createDirectories(destination);
        Files.copy(Path.of(System.getProperty("java.class.path")), destination.resolve("semel-server.jar"));
    }

    private static void train() throws Exception {
        String build = new String(
                FakeServerMain.class.getResourceAsStream("/" + BUILD).readAllBytes(), StandardCharsets.UTF_8);
        boolean led = System.getenv().keySet().stream().anyMatch(name -> name.matches("(?i)(SEMEL|SPRING)_.*"));
        if (led || build.endsWith("fails")) {
            System.exit(3);
        }
        if (build.endsWith("hangs")) {
            Thread.sleep(60_000);
        }
    }

    private static void serve() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/actuator/health", exchange -> {
            byte[] up = "{\"status\":\"UP\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, up.length);
            exchange.getResponseBody().write(up);
            exchange.close();
        });
        server.start();
        System.out.println(
                "Semel is ready at http://127.0.0.1:" + server.getAddress().getPort());
    }
}
