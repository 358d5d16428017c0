package dev.semel.cli.demo.network;

import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Tells what an HTTP response means by the contract. Thread-safe. */
final class AnswerReader {

    private final JsonMapper json = JsonMapper.builder().build();

    Answer read(HttpResponse<byte[]> response) {
        return switch (response.statusCode()) {
            case 201 -> done(response, "false", new Answer.Executed(new AnswerBody(response.body())));
            case 200 -> done(response, "true", new Answer.Replayed(new AnswerBody(response.body())));
            case 409 -> conflict(response);
            case 429, 503 -> busy(response);
            default -> wrong(response);
        };
    }

    private static Answer done(HttpResponse<byte[]> response, String replayed, Answer.Done done) {
        String header = response.headers().firstValue("Idempotency-Replayed").orElse("absent");
        return header.equals(replayed)
                ? done
                : new Answer.Wrong(response.statusCode() + " with Idempotency-Replayed: " + header);
    }

    private Answer conflict(HttpResponse<byte[]> response) {
        return switch (code(response)) {
            case "REQUEST_IN_PROGRESS" -> busy(response);
            case "IDEMPOTENCY_KEY_REUSED" -> new Answer.Reused();
            default -> wrong(response);
        };
    }

    private static Answer busy(HttpResponse<byte[]> response) {
        return new Answer.Busy(response.headers()
                .firstValue("Retry-After")
                .map(AnswerReader::seconds)
                .orElse(Duration.ZERO));
    }

    private static Duration seconds(String retryAfter) {
        // A date is allowed too; a second is as good as any guess then.
        return retryAfter.matches("\\d{1,4}") ? Duration.ofSeconds(Long.parseLong(retryAfter)) : Duration.ofSeconds(1);
    }

    private static Answer wrong(HttpResponse<byte[]> response) {
        return new Answer.Wrong(response.statusCode() + " " + new AnswerBody(response.body()));
    }

    private String code(HttpResponse<byte[]> response) {
        try {
            return json.readTree(response.body()).path("code").asString("");
        } catch (JacksonException e) {
            return "";
        }
    }
}
