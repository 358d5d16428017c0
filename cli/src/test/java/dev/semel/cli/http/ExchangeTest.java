package dev.semel.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ExchangeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 X\r\n",
                "HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{\"items\":["
            })
    void anAnswerThatDoesNotEndIsGivenUp(String beginning) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Socket> connection = CompletableFuture.supplyAsync(() -> begin(socket, beginning));
            ServerAddress server = ServerAddress.parse("http://127.0.0.1:" + socket.getLocalPort());

            Reply reply = new Exchange(server, new Token("t"), Duration.ofMillis(300))
                    .send(ApiRequest.get("/api/writes", Map.of()), "r");

            assertThat(reply).isInstanceOf(Reply.Lost.class);
            assertThat(((Reply.Lost) reply).why()).startsWith("No answer from http://127.0.0.1:");
            connection.get().close();
        }
    }

    @Test
    void aTokenIsNeverPrinted() {
        assertThat(new Token("SECRET-TOKEN")).hasToString("***");
    }

    /** Keeps the connection open. */
    private static Socket begin(ServerSocket socket, String beginning) {
        try {
            Socket connection = socket.accept();
            connection.getOutputStream().write(beginning.getBytes(StandardCharsets.UTF_8));
            connection.getOutputStream().flush();
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
