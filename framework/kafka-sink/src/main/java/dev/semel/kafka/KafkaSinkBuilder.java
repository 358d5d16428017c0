package dev.semel.kafka;

import dev.semel.outbox.OutboxEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Settings of a {@link KafkaSink}. Not thread-safe; may be used for several sinks. */
public final class KafkaSinkBuilder {
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);

    private final String bootstrapServers;
    private final String transactionalId;
    private final Map<String, Object> properties = new HashMap<>();
    private Function<OutboxEvent, String> topic = topicOf("semel");
    private Duration timeout = Duration.ofSeconds(10);

    KafkaSinkBuilder(String bootstrapServers, String transactionalId) {
        this.bootstrapServers = bootstrapServers;
        this.transactionalId = transactionalId;
    }

    /** Sends events to the topic {@code <prefix>.<type>}; the prefix is {@code semel} by default. */
    public KafkaSinkBuilder topicPrefix(String prefix) {
        topic = topicOf(prefix);
        return this;
    }

    /** Sends events to the topics that the function names. It must name the same topic at every attempt, and must be thread-safe. */
    public KafkaSinkBuilder topic(Function<OutboxEvent, String> topic) {
        this.topic = topic;
        return this;
    }

    /**
     * How long a single step may take: connecting, sending, committing; 10 seconds by default, 1 second at least. A delivery has
     * five of them at most.
     */
    public KafkaSinkBuilder timeout(Duration timeout) {
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0) {
            throw new IllegalArgumentException("the timeout must be one second or more");
        }
        this.timeout = timeout;
        return this;
    }

    /** Sets a property of the producer, such as {@code security.protocol}. Those on which the sink's promises rest stay as they are. */
    public KafkaSinkBuilder property(String name, Object value) {
        properties.put(name, value);
        return this;
    }

    /** Makes the sink. It connects when it delivers first. */
    public KafkaSink build() {
        return new KafkaSink(producerProperties(), topic, timeout);
    }

    private Map<String, Object> producerProperties() {
        int millis = Math.toIntExact(timeout.toMillis());
        Map<String, Object> all = new HashMap<>(properties);
        all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        all.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis / 2);
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
        all.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.multiplyExact(millis, 6));
        return Map.copyOf(all);
    }

    private static Function<OutboxEvent, String> topicOf(String prefix) {
        return event -> prefix + "." + event.type();
    }
}
