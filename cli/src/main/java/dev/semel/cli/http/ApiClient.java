package dev.semel.cli.http;

import dev.semel.cli.CommandFailure;
import dev.semel.cli.CommandText;
import java.time.Duration;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks a server on behalf of one command, and again while that may help: every request reads, or has a key, so it happens once
 * however often it is sent. For one thread.
 */
public final class ApiClient {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private final String requestId = "ops-" + UUID.randomUUID();
    private final Exchange exchange;
    private final Failures failures;
    private final Duration patience;

    /**
     * A client.
     *
     * @param patience for how long it is asked again
     * @param command that the user typed, for advice
     */
    public ApiClient(ServerAddress server, Token token, Duration patience, CommandText command) {
        this.exchange = new Exchange(server, token, ANSWER_LIMIT);
        this.failures = new Failures(server, command, requestId);
        this.patience = patience;
    }

    /** Names this command's requests in the server's log. */
    public String requestId() {
        return requestId;
    }

    /**
     * The answer to a request; without members where it has no content.
     *
     * @throws CommandFailure if there is none, or if it says no
     */
    public ObjectNode send(ApiRequest request) throws InterruptedException {
        Backoff backoff = new Backoff(patience);
        Reply reply = exchange.send(request, requestId);
        while (reply.isTemporary() && backoff.pause(reply.retryAfter())) {
            reply = exchange.send(request, requestId);
        }
        if (reply instanceof Reply.Answer answer && answer.isDone(request)) {
            return answer.json() instanceof ObjectNode json ? json : JsonNodeFactory.instance.objectNode();
        }
        throw failures.of(reply, request);
    }
}
