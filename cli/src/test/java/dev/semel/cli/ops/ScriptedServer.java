package dev.semel.cli.ops;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Sends bytes as they are, one script for each connection, the last one again and again; remembers what was asked. */
final class ScriptedServer implements AutoCloseable {

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> scripts;
    private final ServerSocket socket;

    ScriptedServer(String... scripts) {
        this.scripts = List.of(scripts);
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    static String json(int status, String body) {
        return answer(status, "application/json", body);
    }

    static String problem(int status, String code) {
        return answer(status, "application/problem+json", "{\"code\":\"" + code + "\",\"detail\":\"Because.\"}");
    }

    static String answer(int status, String type, String body) {
        return "HTTP/1.1 " + status + " X\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\nConnection: close\r\n\r\n" + body;
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** Request lines and headers, a request each. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    List<String> header(String name) {
        return requests().stream()
                .flatMap(String::lines)
                .filter(line -> line.toLowerCase().startsWith(name.toLowerCase() + ": "))
                .map(line -> line.substring(name.length() + 2))
                .toList();
    }

    private void serve() {
        for (int next = 0; ; next++) {
            try (Socket connection = socket.accept()) {
                answer(connection, scripts.get(Math.min(next, scripts.size() - 1)));
            } catch (SocketException e) {
                if (socket.isClosed()) {
                    return;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void answer(Socket connection, String script) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder head = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            head.append(line).append('\n');
        }
        requests.add(head.toString());
        connection.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
        connection.getOutputStream().flush();
        connection.shutdownOutput();
        // A body that nobody read would turn the end of the answer into a reset.
        while (in.ready() && in.read() >= 0) {}
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
