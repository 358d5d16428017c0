package dev.semel.spring.internal;

import dev.semel.Semel;
import dev.semel.outbox.OutboxMeasure;
import dev.semel.outbox.RelayListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Up while keys can be looked up: without them there is no write. What waits in the outbox is told and brings nothing down, for a
 * restart would deliver nothing sooner. Thread-safe.
 */
final class SemelHealth extends AbstractHealthIndicator implements RelayListener {
    /** No tenant has this name. */
    private static final String NOBODY = "semel-health";

    private final Semel semel;
    private final Set<String> sinksDown = new ConcurrentSkipListSet<>();
    private volatile OutboxMeasure outbox = new OutboxMeasure(Duration.ZERO, 0);

    SemelHealth(Semel semel) {
        super("the idempotency keys cannot be read");
        this.semel = semel;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        semel.read(NOBODY, SemelHealth::lookUp);
        health.up()
                .withDetail("oldestUnackedSeconds", outbox.oldestUnacked().toSeconds())
                .withDetail("parkedEvents", outbox.parked())
                .withDetail("sinksDown", new TreeSet<>(sinksDown));
    }

    private static boolean lookUp(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute("SELECT FROM semel.idempotency_keys WHERE tenant_id = '" + NOBODY + "' LIMIT 1");
        }
    }

    @Override
    public void measured(OutboxMeasure measure) {
        outbox = measure;
    }

    @Override
    public void sinkDown(String sinkName) {
        sinksDown.add(sinkName);
    }

    @Override
    public void sinkUp(String sinkName, Duration outage) {
        sinksDown.remove(sinkName);
    }
}
