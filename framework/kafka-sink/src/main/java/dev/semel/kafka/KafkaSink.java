package dev.semel.kafka;

import dev.semel.outbox.BatchSink;
import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.UndeliverableException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes events to Kafka, at least once: each batch is one Kafka transaction, all of it visible to consumers with
 * {@code isolation.level=read_committed} or nothing. A crash after Kafka's commit and before the outbox knows of it repeats the batch with the
 * same event ids; a consumer that must not act twice remembers them.
 *
 * <p>A record's key is {@code <tenant>:<ordering key>}, its value the payload; the event's id, type, tenant, operation and request are the
 * headers {@code semel-event-id}, {@code semel-event-type}, {@code semel-tenant}, {@code semel-operation}, {@code semel-request-id}. Events with
 * equal keys keep their order within a topic, as long as its number of partitions stays.
 *
 * <p>Thread-safe; one batch at a time, others wait. Topics must exist, or the broker must make them.
 */
public final class KafkaSink implements BatchSink, AutoCloseable {
    private final Map<String, Object> properties;
    private final Function<OutboxEvent, String> topic;
    private final Duration timeout;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Producer<String, byte[]> producer;
    private boolean closed;

    KafkaSink(Map<String, Object> properties, Function<OutboxEvent, String> topic, Duration timeout) {
        this.properties = properties;
        this.topic = topic;
        this.timeout = timeout;
    }

    /**
     * A sink for a Kafka cluster.
     *
     * @param bootstrapServers as Kafka's property of that name
     * @param transactionalId unique for each sink in the world, and the same after a restart: of two sinks with one id the later makes the
     *     earlier fail, once
     */
    public static KafkaSinkBuilder builder(String bootstrapServers, String transactionalId) {
        return new KafkaSinkBuilder(bootstrapServers, transactionalId);
    }

    /**
     * Delivers a batch in one transaction of Kafka.
     *
     * @throws UndeliverableException if a single event is too large for Kafka or its topic's name is invalid
     * @throws IOException if nothing is known to have arrived; the next call starts afresh
     * @throws IllegalStateException if the sink is closed
     */
    @Override
    public void deliver(List<OutboxEvent> events) throws UndeliverableException, IOException, InterruptedException {
        if (events.isEmpty()) {
            return;
        }
        if (!lock.tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("Kafka: another batch took too long");
        }
        try {
            deliverLocked(events);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a batch under way, then lets go of the connection. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            discard();
        } finally {
            lock.unlock();
        }
    }

    private void deliverLocked(List<OutboxEvent> events)
            throws UndeliverableException, IOException, InterruptedException {
        try {
            KafkaBatch.commit(producer(), events, topic);
        } catch (InterruptException e) {
            discard();
            Thread.interrupted();
            throw new InterruptedException("Kafka: interrupted");
        } catch (KafkaException e) {
            abort();
            discard();
            if (events.size() == 1 && isAboutTheEvent(e)) {
                throw new UndeliverableException("Kafka: " + e.getClass().getSimpleName(), e);
            }
            throw new IOException("Kafka: " + e.getClass().getSimpleName(), e);
        } catch (RuntimeException | InterruptedException e) {
            discard();
            throw e;
        }
    }

    private Producer<String, byte[]> producer() {
        if (closed) {
            throw new IllegalStateException("the sink is closed");
        }
        Producer<String, byte[]> open = producer;
        if (open == null) {
            open = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
            producer = open;
            open.initTransactions();
        }
        return open;
    }

    /** Lets readers pass at once. If it fails, the next producer with this id ends the transaction before it begins its own. */
    private void abort() {
        Producer<String, byte[]> open = producer;
        if (open == null) {
            return;
        }
        try {
            open.abortTransaction();
        } catch (KafkaException | IllegalStateException e) {
            // Fenced, never begun, or the broker is gone: the failure that brought us here tells more.
        }
    }

    private void discard() {
        Producer<String, byte[]> old = producer;
        producer = null;
        if (old != null) {
            closeQuietly(old);
        }
    }

    private static void closeQuietly(Producer<String, byte[]> old) {
        try {
            old.close(Duration.ZERO);
        } catch (KafkaException e) {
            // It is gone either way, and the failure that brought us here tells more.
        }
    }

    private static boolean isAboutTheEvent(KafkaException e) {
        return e instanceof RecordTooLargeException
                || e instanceof SerializationException
                || e instanceof InvalidTopicException;
    }
}
