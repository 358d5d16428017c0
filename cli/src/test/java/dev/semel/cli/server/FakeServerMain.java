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

    private FakeServerMain() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("record")) {
            Files.write(Path.of(arguments[1]), List.of(arguments));
            System.exit(7);
        }
        String data = arguments[Arrays.asList(arguments).indexOf("--data") + 1];
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
