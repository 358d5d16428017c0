package dev.semel.cli.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Sends a request once. Follows no redirect: the token is meant for one server. Thread-safe. */
final class Exchange {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final int LARGEST_ANSWER = 16 << 20;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_LIMIT)
            .build();
    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private final ServerAddress server;
    private final Token token;
    private final Duration answerLimit;

    /** @param answerLimit how long an answer may take, to its last byte */
    Exchange(ServerAddress server, Token token, Duration answerLimit) {
        this.server = server;
        this.token = token;
        this.answerLimit = answerLimit;
    }

    Reply send(ApiRequest request, String requestId) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> sent =
                client.sendAsync(http(request, requestId), head -> new LimitedBody(LARGEST_ANSWER));
        try {
            return answer(sent.get(answerLimit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            return failed(e.getCause());
        } catch (TimeoutException e) {
            return new Reply.Lost("No answer from " + server + " within " + answerLimit.toSeconds() + " s.");
        } finally {
            sent.cancel(true);
        }
    }

    private HttpRequest http(ApiRequest request, String requestId) {
        HttpRequest.Builder http = HttpRequest.newBuilder(server.route(request.path(), request.query()))
                .header("Authorization", "Bearer " + token.value())
                .header("Accept", "application/json, application/problem+json")
                .header("X-Request-Id", requestId)
                .method(
                        request.method(),
                        request.body().map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
        request.body().ifPresent(body -> http.header("Content-Type", "application/json"));
        request.key().ifPresent(key -> http.header("Idempotency-Key", key));
        return http.build();
    }

    private Reply answer(HttpResponse<byte[]> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        return new Reply.Answer(
                response.statusCode(),
                type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT),
                response.headers()
                        .firstValue("Retry-After")
                        .map(Exchange::seconds)
                        .orElse(Duration.ZERO),
                parsed(response.body()));
    }

    private JsonNode parsed(byte[] body) {
        try {
            return body.length == 0 ? MissingNode.getInstance() : json.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private static Duration seconds(String retryAfter) {
        // A date is allowed too; a second is as good as any guess then.
        return retryAfter.matches("\\d{1,4}") ? Duration.ofSeconds(Long.parseLong(retryAfter)) : Duration.ofSeconds(1);
    }

    private Reply failed(@Nullable Throwable failure) {
        if (failure instanceof LimitedBody.TooLargeException) {
            return new Reply.TooLarge();
        }
        if (failure instanceof SSLException) {
            return new Reply.Lost("No secure connection to " + server + ": " + failure.getMessage());
        }
        if (failure instanceof ConnectException) {
            return new Reply.Lost("Nobody answers at " + server + ".");
        }
        if (failure instanceof IOException) {
            return new Reply.Lost("The connection to " + server + " broke before the answer was complete.");
        }
        throw new IllegalStateException(failure);
    }
}
