package dev.semel.server.openapi;

import dev.semel.RejectedException.Reason;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The problems that a route answers: each status with an example for each of its codes. */
final class ProblemAnswers {
    private static final String PROBLEM_JSON = "application/problem+json";

    private static final List<Answer> OF_READS = List.of(
            new Answer("400", "The request is malformed.", List.of("VALIDATION_FAILED")),
            new Answer("401", "No valid credential.", List.of("UNAUTHENTICATED")),
            new Answer("403", "The credential's roles do not open this route.", List.of("FORBIDDEN")),
            new Answer("404", "There is no such thing in this tenant.", List.of("NOT_FOUND")),
            new Answer("503", "The database is not available; ask again after Retry-After.", List.of("UNAVAILABLE")));
    private static final List<Answer> OF_WRITES = List.of(
            new Answer("409", "The state does not allow it.", List.of()),
            new Answer("413", "The body is too large.", List.of("PAYLOAD_TOO_LARGE")),
            new Answer("415", "The body's content type is not taken.", List.of("UNSUPPORTED_MEDIA_TYPE")),
            new Answer("422", "A business rule refuses the request.", List.of()));
    private static final List<Answer> OF_GATES = List.of(
            new Answer(
                    "400",
                    "The request or its key is malformed.",
                    List.of("IDEMPOTENCY_KEY_INVALID", "MALFORMED_JSON", "VALIDATION_FAILED")),
            new Answer(
                    "409",
                    "The key cannot be used now or again, the first request is still running, or the state does not allow it.",
                    List.of("IDEMPOTENCY_KEY_EXPIRED", "REQUEST_IN_PROGRESS")));
    private static final Answer KEY_REQUIRED =
            new Answer("400", "The request or its key is malformed.", List.of("IDEMPOTENCY_KEY_REQUIRED"));
    private static final Set<String> RETRYABLE = Set.of("UNAVAILABLE", "REQUEST_IN_PROGRESS");

    private ProblemAnswers() {}

    static void ofReads(Operation operation) {
        OF_READS.forEach(answer -> add(operation, answer));
    }

    static void ofWrites(Operation operation) {
        OF_WRITES.forEach(answer -> add(operation, answer));
    }

    /**
     * Those of each write, those of the key, and what the operation declares.
     *
     * @param keyReusedStatus by which a key that was used with another payload is refused
     */
    static void ofGates(Operation operation, dev.semel.Operation<?, ?> gated, int keyReusedStatus) {
        OF_GATES.forEach(answer -> add(operation, answer));
        add(operation, keyReused(keyReusedStatus));
        if (GateTerms.keyRequired(gated)) {
            add(operation, KEY_REQUIRED);
        }
        ofWrites(operation);
        gated.rejections().forEach((code, reason) -> add(operation, answer(reason, code)));
    }

    private static Answer keyReused(int status) {
        return new Answer(
                String.valueOf(status),
                "The key was used with another payload, or a business rule refuses the request.",
                List.of("IDEMPOTENCY_KEY_REUSED"));
    }

    private static Answer answer(Reason reason, String code) {
        return switch (reason) {
            case RULE -> new Answer("422", "A business rule refuses the request.", List.of(code));
            case CONFLICT -> new Answer("409", "The state does not allow it.", List.of(code));
            case NOT_FOUND -> new Answer("404", "There is no such thing in this tenant.", List.of(code));
            case FORBIDDEN -> new Answer("403", "It is not this caller's to do.", List.of(code));
            case BUSY -> new Answer("409", "Somebody else is at it; ask again after Retry-After.", List.of(code));
            case PRECONDITION -> new Answer("412", "The state is not the one that the request states.", List.of(code));
        };
    }

    /** To what the status answers already. */
    private static void add(Operation operation, Answer answer) {
        MediaType problem = problem(operation, answer);
        answer.codes().forEach(code -> problem.addExamples(code, answer.example(code)));
    }

    private static MediaType problem(Operation operation, Answer answer) {
        ApiResponse response = operation.getResponses().get(answer.status());
        MediaType known = response == null || response.getContent() == null
                ? null
                : response.getContent().get(PROBLEM_JSON);
        if (known != null) {
            return known;
        }
        MediaType made = new MediaType().schema(new Schema<>().$ref(OpenApiConfiguration.PROBLEM));
        operation
                .getResponses()
                .addApiResponse(
                        answer.status(),
                        new ApiResponse()
                                .description(answer.description())
                                .content(new Content().addMediaType(PROBLEM_JSON, made)));
        return made;
    }

    /**
     * What a status means, and by which codes.
     *
     * @param codes in the order in which they are looked for
     */
    private record Answer(String status, String description, List<String> codes) {
        Example example(String code) {
            Map<String, Object> problem = new LinkedHashMap<>();
            problem.put(
                    "type", "urn:semel:problem:" + code.toLowerCase(Locale.ROOT).replace('_', '-'));
            problem.put("title", description);
            problem.put("status", Integer.valueOf(status));
            problem.put("code", code);
            problem.put("detail", description);
            problem.put("requestId", "5f0c6f0e");
            problem.put("retryable", RETRYABLE.contains(code));
            return new Example().value(problem);
        }
    }
}
