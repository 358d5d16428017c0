package dev.semel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.UndeliverableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookRequestTest {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final byte[] NEXT_SECRET = "the next secret, also long".getBytes(StandardCharsets.UTF_8);

    @Test
    void theReceiverGetsThePayloadAsItIsAndKnowsWhoseItIs() throws Exception {
        OutboxEvent event = Events.event();
        try (Receiver receiver = Receiver.answering(204);
                WebhookSink sink = receiver.sink().build()) {
            sink.deliver(event);

            Receiver.Request request = receiver.requests.get(0);
            assertThat(request.exchange().getRequestMethod()).isEqualTo("POST");
            assertThat(request.exchange().getRequestURI().toString()).isEqualTo("/hook?a=b");
            assertThat(request.body()).isEqualTo(event.payload());
            assertThat(request.header("Content-Type")).isEqualTo("application/json");
            assertThat(request.header("Semel-Event-Id")).isEqualTo(event.id().toString());
            assertThat(request.header("Semel-Event-Type")).isEqualTo("invoice.created");
            assertThat(request.header("Semel-Tenant")).isEqualTo("acme");
            assertThat(request.exchange().getRequestHeaders()).doesNotContainKeys("Upgrade", "Cookie");
        }
    }

    @Test
    void theSignatureFailsWhenAnythingSignedChanges() throws Exception {
        try (Receiver receiver = Receiver.answering(200);
                WebhookSink sink = receiver.sink().build()) {
            sink.deliver(Events.event());
            Receiver.Request request = receiver.requests.get(0);
            String id = request.header("Semel-Event-Id");
            String time = request.header("Semel-Timestamp");
            String signature = request.header("Semel-Signature");
            byte[] secret = Receiver.SECRET;
            byte[] body = request.body();
            String later = Long.toString(Long.parseLong(time) + 1);

            assertThat(WebhookSignature.verify(secret, id, time, signature, body, TOLERANCE))
                    .isTrue();
            assertThat(WebhookSignature.verify(secret, id, later, signature, body, TOLERANCE))
                    .isFalse();
            assertThat(WebhookSignature.verify(secret, id + "1", time, signature, body, TOLERANCE))
                    .isFalse();
            assertThat(WebhookSignature.verify(NEXT_SECRET, id, time, signature, body, TOLERANCE))
                    .isFalse();
            for (int place = 0; place < body.length; place++) {
                byte[] changed = body.clone();
                changed[place] ^= 1;
                assertThat(WebhookSignature.verify(secret, id, time, signature, changed, TOLERANCE))
                        .isFalse();
            }
        }
    }

    @Test
    void aRequestFromLongAgoIsNotBelieved() {
        byte[] body = {1, 2, 3};
        String old = Long.toString(Instant.now().minusSeconds(400).getEpochSecond());
        String signature = WebhookSignature.sign(List.of(Receiver.SECRET), old, "id", body);

        assertThat(WebhookSignature.verify(Receiver.SECRET, "id", old, signature, body, TOLERANCE))
                .isFalse();
        assertThat(WebhookSignature.verify(Receiver.SECRET, "id", old, signature, body, Duration.ofMinutes(7)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "9223372036854775807", "-9223372036854775808", "99999999999999999999"})
    void aTimestampThatIsNoneIsNotBelieved(String timestamp) {
        byte[] body = {};
        String signature = WebhookSignature.sign(List.of(Receiver.SECRET), timestamp, "id", body);
        assertThat(WebhookSignature.verify(Receiver.SECRET, "id", timestamp, signature, body, TOLERANCE))
                .isFalse();
    }

    @Test
    void eachOfTwoSecretsVerifiesWhileTheyAreChanged() throws Exception {
        try (Receiver receiver = Receiver.answering(200);
                WebhookSink sink = receiver.sink().secret(NEXT_SECRET).build()) {
            sink.deliver(Events.event());
            Receiver.Request request = receiver.requests.get(0);
            for (byte[] secret : List.of(Receiver.SECRET, NEXT_SECRET)) {
                assertThat(WebhookSignature.verify(
                                secret,
                                request.header("Semel-Event-Id"),
                                request.header("Semel-Timestamp"),
                                request.header("Semel-Signature"),
                                request.body(),
                                TOLERANCE))
                        .isTrue();
            }
        }
    }

    @Test
    void aRepetitionHasTheSameIdempotencyKey() throws Exception {
        OutboxEvent event = Events.event();
        try (Receiver receiver = Receiver.answering(200);
                WebhookSink sink = receiver.sink().build()) {
            sink.deliver(event);
            sink.deliver(event);
            assertThat(receiver.requests)
                    .extracting(request -> request.header("Idempotency-Key"))
                    .containsExactly(event.id().toString(), event.id().toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\0", "ü", "a b", ""})
    void noEventSmugglesAHeader(String value) throws Exception {
        try (Receiver receiver = Receiver.answering(200);
                WebhookSink sink = receiver.sink().build()) {
            assertThatThrownBy(() -> sink.deliver(Events.event(value, "a.b")))
                    .isInstanceOf(UndeliverableException.class);
            assertThatThrownBy(() -> sink.deliver(Events.event("acme", value)))
                    .isInstanceOf(UndeliverableException.class);
            assertThat(receiver.requests).isEmpty();
        }
    }
}
