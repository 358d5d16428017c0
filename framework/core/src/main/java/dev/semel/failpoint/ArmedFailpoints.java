package dev.semel.failpoint;

import dev.semel.failpoint.FailpointAction.Delay;
import dev.semel.failpoint.FailpointAction.DropConnection;
import dev.semel.failpoint.FailpointAction.KillProcess;
import dev.semel.failpoint.FailpointAction.Throw;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failpoints that can be armed while the application runs. Only for tests and rehearsals: whoever makes one decides that this
 * process may be made to fail. Thread-safe.
 */
public final class ArmedFailpoints implements Failpoints {
    private static final Logger LOG = LoggerFactory.getLogger(ArmedFailpoints.class);
    private static final int EXIT_STATUS = 137;

    private final Set<String> names;
    private final ConcurrentHashMap<String, Arming> armings = new ConcurrentHashMap<>();

    /** @param declared all failpoints of the application; no others can be armed */
    public ArmedFailpoints(Collection<Failpoint> declared) {
        Set<String> sorted = new TreeSet<>();
        declared.forEach(failpoint -> sorted.add(failpoint.name()));
        names = Collections.unmodifiableSet(sorted);
    }

    /** The names of all failpoints, sorted. */
    public Set<String> names() {
        return names;
    }

    /** What is armed now, by name. */
    public Map<String, FailpointAction> armed() {
        Map<String, FailpointAction> actions = new TreeMap<>();
        armings.forEach((name, arming) -> actions.put(name, arming.action));
        return actions;
    }

    /**
     * Arms a failpoint for one hit; it is disarmed by it.
     *
     * @param hit which hit from now on acts, from 1
     * @throws IllegalArgumentException if no such failpoint is declared or the hit is not positive
     */
    public void arm(String name, FailpointAction action, int hit) {
        if (!names.contains(name)) {
            throw new IllegalArgumentException("no failpoint " + name + "; there are " + names);
        }
        if (hit < 1) {
            throw new IllegalArgumentException("the hit must be 1 or later");
        }
        armings.put(name, new Arming(action, new AtomicInteger(hit)));
        LOG.warn("failpoint {} is armed: {} at hit {}", name, action, hit);
    }

    /** Disarms a failpoint; does nothing if it is not armed. */
    public void disarm(String name) {
        armings.remove(name);
    }

    @Override
    public void reach(Failpoint failpoint, @Nullable Connection connection) throws SQLException {
        Arming arming = armings.get(failpoint.name());
        if (arming != null && arming.hitsLeft.decrementAndGet() == 0) {
            armings.remove(failpoint.name(), arming);
            LOG.warn("failpoint {} acts: {}", failpoint.name(), arming.action);
            act(failpoint, arming.action, connection);
        }
    }

    private static void act(Failpoint failpoint, FailpointAction action, @Nullable Connection connection)
            throws SQLException {
        if (action instanceof Delay delay) {
            pause(delay.length());
        } else if (action instanceof KillProcess) {
            Runtime.getRuntime().halt(EXIT_STATUS);
        } else if (action instanceof DropConnection && connection != null) {
            connection.unwrap(Connection.class).abort(Runnable::run);
        } else if (action instanceof Throw || action instanceof DropConnection) {
            throw new FailpointException(failpoint);
        }
    }

    private static void pause(Duration length) {
        try {
            Thread.sleep(length.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Arming(FailpointAction action, AtomicInteger hitsLeft) {}
}
