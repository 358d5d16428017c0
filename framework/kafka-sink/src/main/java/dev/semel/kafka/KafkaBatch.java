package dev.semel.kafka;

import dev.semel.outbox.OutboxEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/** Events as records of one transaction. */
final class KafkaBatch {
    private KafkaBatch() {}

    /** Ends with a commit or with the first failure; the transaction is open then. */
    static void commit(Producer<String, byte[]> producer, List<OutboxEvent> events, Function<OutboxEvent, String> topic)
            throws InterruptedException {
        producer.beginTransaction();
        List<Future<RecordMetadata>> sent = new ArrayList<>(events.size());
        for (OutboxEvent event : events) {
            Future<RecordMetadata> record = producer.send(record(event, topic.apply(event)));
            if (record.isDone()) {
                await(record); // a failure already: each further attempt would wait for its own timeout
            }
            sent.add(record);
        }
        producer.flush();
        for (Future<RecordMetadata> record : sent) {
            await(record);
        }
        producer.commitTransaction();
    }

    private static ProducerRecord<String, byte[]> record(OutboxEvent event, String topic) {
        String key = event.tenant() + ":" + event.orderingKey(); // no tenant contains a colon
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, event.payload());
        header(record, "semel-event-id", event.id().toString());
        header(record, "semel-event-type", event.type());
        header(record, "semel-tenant", event.tenant());
        header(record, "semel-operation", event.operation());
        header(record, "semel-request-id", event.requestId());
        return record;
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static void await(Future<RecordMetadata> record) throws InterruptedException {
        try {
            record.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException failure ? failure : new KafkaException(e.getCause());
        }
    }
}
