package dev.semel.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.UndeliverableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

@Timeout(120)
class KafkaSinkTest {
    private static final int PARTITIONS = 3;
    private static final int TOO_LARGE = 2 << 20;
    private static final EmbeddedKafkaKraftBroker BROKER =
            new EmbeddedKafkaKraftBroker(1, PARTITIONS, "t.order", "t.large", "t.fence", "t.headers", "t.close");

    @BeforeAll
    static void start() {
        BROKER.brokerProperty("transaction.state.log.replication.factor", "1");
        BROKER.brokerProperty("transaction.state.log.min.isr", "1");
        BROKER.brokerProperty("offsets.topic.replication.factor", "1");
        BROKER.afterPropertiesSet();
    }

    @AfterAll
    static void stop() {
        BROKER.destroy();
    }

    @Test
    void aThousandEventsArriveOnceAndInOrderWithinAKey() throws Exception {
        List<OutboxEvent> events = IntStream.range(0, 1000)
                .mapToObj(i -> event("order", "key" + i % 7, i, 10))
                .toList();
        try (KafkaSink sink = sink("order").build()) {
            for (int from = 0; from < events.size(); from += 100) {
                sink.deliver(events.subList(from, from + 100));
            }
        }

        List<ConsumerRecord<String, byte[]>> records = visible("t.order");
        assertThat(ids(records)).containsExactlyInAnyOrderElementsOf(eventIds(events));
        Map<String, List<String>> sent = events.stream()
                .collect(Collectors.groupingBy(
                        event -> "acme:" + event.orderingKey(),
                        Collectors.mapping(event -> event.id().toString(), Collectors.toList())));
        Map<String, List<String>> received = records.stream()
                .collect(Collectors.groupingBy(
                        ConsumerRecord::key, Collectors.mapping(KafkaSinkTest::id, Collectors.toList())));
        assertThat(received).isEqualTo(sent);
    }

    @Test
    void aRecordSaysWhoseItIsAndWhereItComesFrom() throws Exception {
        OutboxEvent event = event("headers", "k", 0, 10);
        try (KafkaSink sink = sink("headers").build()) {
            sink.deliver(List.of(event));
        }
        ConsumerRecord<String, byte[]> record = visible("t.headers").get(0);
        assertThat(record.key()).isEqualTo("acme:k");
        assertThat(record.value()).isEqualTo(event.payload());
        assertThat(header(record, "semel-event-type")).isEqualTo("headers");
        assertThat(header(record, "semel-tenant")).isEqualTo("acme");
        assertThat(header(record, "semel-operation")).isEqualTo("CreateInvoice");
        assertThat(header(record, "semel-request-id")).isEqualTo("r-0");
    }

    @Test
    void aBatchWithOneBadEventLeavesNothingAndSinglesFindTheBadOne() throws Exception {
        List<OutboxEvent> events =
                List.of(event("large", "k", 0, 10), event("large", "k", 1, TOO_LARGE), event("large", "k", 2, 10));
        try (KafkaSink sink = sink("large").build()) {
            assertThatThrownBy(() -> sink.deliver(events)).isInstanceOf(IOException.class);
            assertThat(visible("t.large")).isEmpty();

            sink.deliver(List.of(events.get(0)));
            assertThatThrownBy(() -> sink.deliver(List.of(events.get(1))))
                    .isInstanceOf(UndeliverableException.class)
                    .hasMessageContaining("RecordTooLarge");
            sink.deliver(List.of(events.get(2)));
        }
        assertThat(ids(visible("t.large")))
                .containsExactly(
                        events.get(0).id().toString(), events.get(2).id().toString());
    }

    @Test
    void theSinkThatLostItsIdFailsOnceAndNothingOfThatBatchIsVisible() throws Exception {
        List<OutboxEvent> events =
                IntStream.range(0, 4).mapToObj(i -> event("fence", "k", i, 10)).toList();
        try (KafkaSink first = sink("fence").build();
                KafkaSink second = sink("fence").build()) {
            first.deliver(events.subList(0, 1));
            second.deliver(events.subList(1, 2));
            assertThatThrownBy(() -> first.deliver(events.subList(2, 4))).isInstanceOf(IOException.class);
            assertThat(ids(visible("t.fence"))).containsExactlyElementsOf(eventIds(events.subList(0, 2)));
            first.deliver(events.subList(2, 4));
        }
        assertThat(ids(visible("t.fence"))).containsExactlyElementsOf(eventIds(events));
    }

    @Test
    void aTopicThatCannotBeIsTheEventsFault() {
        try (KafkaSink sink = sink("topic").topic(event -> "no topic?").build()) {
            assertThatThrownBy(() -> sink.deliver(List.of(event("x", "k", 0, 10))))
                    .isInstanceOf(UndeliverableException.class);
        }
    }

    @Test
    void withoutABrokerDeliveryFailsInTime() {
        try (KafkaSink sink = KafkaSink.builder("127.0.0.1:1", "down")
                .timeout(Duration.ofSeconds(2))
                .build()) {
            long start = System.nanoTime();
            Throwable failure = catchThrowable(() -> sink.deliver(List.of(event("x", "k", 0, 10))));
            assertThat(failure).isInstanceOf(IOException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void aClosedSinkDeliversNothing() throws Exception {
        KafkaSink sink = sink("close").build();
        sink.deliver(List.of(event("close", "k", 0, 10)));
        sink.close();
        sink.close();
        assertThatThrownBy(() -> sink.deliver(List.of(event("close", "k", 1, 10))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(visible("t.close")).hasSize(1);
    }

    private static KafkaSinkBuilder sink(String transactionalId) {
        return KafkaSink.builder(BROKER.getBrokersAsString(), transactionalId).topicPrefix("t");
    }

    private static OutboxEvent event(String type, String orderingKey, int number, int size) {
        return new OutboxEvent(
                UUID.randomUUID(),
                "acme",
                orderingKey,
                type,
                new byte[size],
                "CreateInvoice",
                "r-0",
                number,
                Instant.now());
    }

    /** All that a consumer sees now that reads committed records only, by partition in order. */
    private static List<ConsumerRecord<String, byte[]>> visible(String topic) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", BROKER.getBrokersAsString(), "isolation.level", "read_committed");
        List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(i -> new TopicPartition(topic, i))
                .toList();
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static List<String> ids(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream().map(KafkaSinkTest::id).toList();
    }

    private static List<String> eventIds(List<OutboxEvent> events) {
        return events.stream().map(event -> event.id().toString()).toList();
    }

    private static String id(ConsumerRecord<String, byte[]> record) {
        return header(record, "semel-event-id");
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
