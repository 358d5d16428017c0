package dev.semel.cli.demo.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends a whole request over a socket and closes it without reading a byte. */
final class HangUp {

    private static final int CONNECT_MILLIS = 2_000;

    private final String token;

    HangUp(String token) {
        this.token = token;
    }

    /** Does its best: a server that is down makes no difference, the answer is lost anyway. */
    void send(URI server, Ask ask, String requestId) {
        byte[] body = ask.body().getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), CONNECT_MILLIS);
            socket.getOutputStream().write(head(server, ask, requestId, body.length));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // Lost on the way to the server instead of on the way back.
        }
    }

    private byte[] head(URI server, Ask ask, String requestId, int length) {
        return String.join(
                        "\r\n",
                        "POST " + ask.path() + " HTTP/1.1",
                        "Host: " + server.getAuthority(),
                        "Authorization: Bearer " + token,
                        "Idempotency-Key: " + ask.key(),
                        "X-Request-Id: " + requestId,
                        "Content-Type: application/json",
                        "Content-Length: " + length,
                        "",
                        "")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
