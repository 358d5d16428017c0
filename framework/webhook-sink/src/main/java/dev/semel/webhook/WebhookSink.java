package dev.semel.webhook;

import dev.semel.outbox.EventSink;
import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.UndeliverableException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Posts every event to one endpoint, at least once: a receiver may see an event again, always with the same
 * {@code Idempotency-Key}, the event's id. The body is the event's payload as it is; {@link WebhookSignature} tells the headers.
 *
 * <p>Delivered is an event that was answered with 2xx. 408, 425, 429, 5xx, redirects (never followed) and failures of the network are
 * tried again; any other 4xx parks the event at once. Connects to public addresses only, unless told otherwise; checks the very addresses
 * it connects to, at every new connection. Uses no proxy. Thread-safe.
 */
public final class WebhookSink implements EventSink, AutoCloseable {
    private static final Set<Integer> WORTH_ANOTHER_ATTEMPT = Set.of(408, 425, 429);
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7e]{1,256}");

    private final URI endpoint;
    private final List<byte[]> secrets;
    private final Duration deadline;
    private final HttpExchanges exchanges;

    WebhookSink(URI endpoint, List<byte[]> secrets, Duration deadline, HttpExchanges exchanges) {
        this.endpoint = endpoint;
        this.secrets = secrets;
        this.deadline = deadline;
        this.exchanges = exchanges;
    }

    /**
     * A sink for an endpoint.
     *
     * @param endpoint an absolute URL
     * @param secret shared with the receiver, at least 16 bytes; copied
     * @throws IllegalArgumentException if the secret is too short
     */
    public static WebhookSinkBuilder builder(URI endpoint, byte[] secret) {
        return new WebhookSinkBuilder(endpoint, secret);
    }

    /**
     * Posts an event. Returns or fails within the deadline.
     *
     * @throws UndeliverableException if the receiver refuses it for good: the reason is the status
     * @throws IOException if it may be worth another attempt; neither it nor its cause quotes the receiver
     */
    @Override
    public void deliver(OutboxEvent event) throws UndeliverableException, IOException, InterruptedException {
        int status = exchanges.start(request(event)).status(deadline);
        if (status >= 200 && status < 300) {
            return;
        }
        if (status >= 400 && status < 500 && !WORTH_ANOTHER_ATTEMPT.contains(status)) {
            throw new UndeliverableException("HTTP " + status);
        }
        throw new IOException("HTTP " + status);
    }

    /** Ends requests under way; they fail. Afterwards the sink is of no use. */
    @Override
    public void close() {
        exchanges.close();
    }

    private HttpPost request(OutboxEvent event) throws UndeliverableException {
        String id = event.id().toString();
        String timestamp = Long.toString(Instant.now().getEpochSecond());
        HttpPost request = new HttpPost(endpoint);
        request.setHeader("Idempotency-Key", id);
        request.setHeader(WebhookSignature.EVENT_ID_HEADER, id);
        request.setHeader(WebhookSignature.EVENT_TYPE_HEADER, headerValue(event.type(), "type"));
        request.setHeader(WebhookSignature.TENANT_HEADER, headerValue(event.tenant(), "tenant"));
        request.setHeader(WebhookSignature.TIMESTAMP_HEADER, timestamp);
        request.setHeader(
                WebhookSignature.SIGNATURE_HEADER, WebhookSignature.sign(secrets, timestamp, id, event.payload()));
        request.setEntity(new ByteArrayEntity(event.payload(), ContentType.create("application/json")));
        return request;
    }

    private static String headerValue(String value, String what) throws UndeliverableException {
        if (!HEADER_VALUE.matcher(value).matches()) {
            throw new UndeliverableException("the event's " + what + " does not fit into a header");
        }
        return value;
    }
}
