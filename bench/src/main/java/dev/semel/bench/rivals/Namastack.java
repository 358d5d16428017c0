package dev.semel.bench.rivals;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.bench.database.Pools;
import dev.semel.bench.outbox.Deliveries;
import dev.semel.bench.outbox.OutboxContender;
import dev.semel.bench.outbox.OutboxSession;
import dev.semel.bench.round.Contender;
import io.namastack.outbox.Outbox;
import io.namastack.outbox.handler.OutboxRecordMetadata;
import io.namastack.outbox.handler.OutboxTypedHandler;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Namastack's outbox over JDBC, in an application of Spring Boot that has nothing else. It polls as in its makers' own
 * performance test, as their defaults, ten keys every two seconds, are not meant for a flood. That test has sixteen threads; here
 * they are eight, as the others' are. Events go round among as many ordering keys as Semel's.
 */
public record Namastack(String version) implements OutboxContender {
    private static final int ORDERING_KEYS = 1_000;
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final String[] SETTINGS = {
        "namastack.outbox.polling.batch-size=1000",
        "namastack.outbox.polling.fixed.interval=100ms",
        "namastack.outbox.processing.executor-core-pool-size=8",
        "namastack.outbox.multicaster.enabled=false",
    };

    /** The application: what Spring Boot finds on the class path. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    /** The payload of a record: an event arrives. */
    public record Arrival(int number) {}

    /** Who receives them. */
    private record Receiver(Deliveries deliveries) implements OutboxTypedHandler<Arrival> {
        @Override
        public void handle(Arrival arrival, OutboxRecordMetadata metadata) {
            deliveries.delivered(arrival.number());
        }
    }

    @Override
    public Contender contender() {
        return new Contender(
                "Namastack outbox " + version,
                "records at least once, in order within a key; inserted in the caller's transaction, none open meanwhile");
    }

    @Override
    public String pending() {
        return "SELECT count(*) FROM rival.outbox_record WHERE status IN ('NEW', 'FAILED')";
    }

    @Override
    public OutboxSession open(Pools pools, Deliveries deliveries) throws SQLException, InterruptedException {
        HikariDataSource pool = pools.rival();
        ApplicationContextInitializer<GenericApplicationContext> beans = context -> {
            context.registerBean(DataSource.class, () -> pool);
            context.registerBean(Receiver.class, () -> new Receiver(deliveries));
        };
        SpringApplication application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties(SETTINGS)
                .initializers(beans)
                .build();
        ConfigurableApplicationContext context = application.run();
        awaitPartitions(pool);
        return new Session(
                context,
                context.getBean(Outbox.class),
                new TransactionTemplate(context.getBean(PlatformTransactionManager.class)));
    }

    /** An instance delivers once it has shared out the partitions: that is its start, which is not measured. */
    private static void awaitPartitions(DataSource pool) throws SQLException, InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!hasPartitions(pool)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no partition was taken");
            }
            Thread.sleep(10);
        }
    }

    private static boolean hasPartitions(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT EXISTS (SELECT 1 FROM outbox_partition WHERE instance_id IS NOT NULL)")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private record Session(ConfigurableApplicationContext context, Outbox outbox, TransactionTemplate transactions)
            implements OutboxSession {
        @Override
        public void start() {
            // It has polled since the application runs.
        }

        @Override
        public void enqueue(int first, int count) {
            transactions.executeWithoutResult(status -> {
                for (int number = first; number < first + count; number++) {
                    outbox.schedule(new Arrival(number), "key-" + number % ORDERING_KEYS);
                }
            });
        }

        @Override
        public void close() {
            // The pool is one of its beans.
            context.close();
        }
    }
}
