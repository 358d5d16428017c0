package dev.semel.cli.demo.network;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Puts single requests on the wire. Thread-safe. */
final class Transport {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();
    private final AnswerReader reader = new AnswerReader();
    private final AtomicLong requests = new AtomicLong();
    private final Supplier<URI> server;
    private final String token;
    private final HangUp hangUp;
    private final Executor hangUps;

    Transport(Supplier<URI> server, String token, Executor hangUps) {
        this.server = server;
        this.token = token;
        this.hangUp = new HangUp(token);
        this.hangUps = hangUps;
    }

    /** Never completes exceptionally. */
    CompletableFuture<Answer> send(Ask ask) {
        return answer(client.sendAsync(request(ask), BodyHandlers.ofByteArray()));
    }

    /** Breaks the connection after this time, unless the answer is faster. */
    CompletableFuture<Answer> sendAndCancel(Ask ask, int afterMillis) {
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request(ask), BodyHandlers.ofByteArray());
        CompletableFuture.delayedExecutor(afterMillis, TimeUnit.MILLISECONDS).execute(() -> sent.cancel(true));
        return answer(sent);
    }

    CompletableFuture<Answer> sendAndHangUp(Ask ask) {
        return CompletableFuture.supplyAsync(
                () -> {
                    hangUp.send(server.get(), ask, requestId(ask));
                    return new Answer.Lost();
                },
                hangUps);
    }

    private CompletableFuture<Answer> answer(CompletableFuture<HttpResponse<byte[]>> sent) {
        return sent.handle((response, failure) -> failure == null ? reader.read(response) : new Answer.Lost());
    }

    private HttpRequest request(Ask ask) {
        return HttpRequest.newBuilder(server.get().resolve(ask.path()))
                .timeout(ANSWER_LIMIT)
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", ask.key())
                .header("X-Request-Id", requestId(ask))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(ask.body()))
                .build();
    }

    private String requestId(Ask ask) {
        return "demo-" + ask.key() + "-" + requests.incrementAndGet();
    }
}
