package dev.semel.internal.outbox;

import dev.semel.outbox.OutagePolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The circuit breaker of one sink. What a poison event does must not look like an outage, so different events are counted; and
 * no attempt is counted while it is open, so that an outage of any length parks nothing. Thread-safe.
 */
final class SinkBreaker {
    private static final State UP = new Closed(0, Set.of());

    private final OutagePolicy policy;
    private final LongSupplier nanoClock;
    private State state = UP;

    SinkBreaker(OutagePolicy policy, LongSupplier nanoClock) {
        this.policy = policy;
        this.nanoClock = nanoClock;
    }

    private sealed interface State {}

    /** Nothing was taken since the time of the first failure. */
    private record Closed(long firstFailure, Set<UUID> failed) implements State {}

    /** Down since then, and let alone until then. */
    private record Open(long since, long until, Duration pause) implements State {}

    /** One delivery is on its way, to try; one that hangs is not waited for for ever. */
    private record Probing(long since, long until, Duration pause) implements State {}

    /** What a failure means. */
    enum Verdict {
        /** It is the delivery's. */
        DELIVERY_FAILED,
        /** With this one the sink counts as down. */
        SINK_WENT_DOWN,
        /** The sink is down anyway. */
        SINK_IS_DOWN
    }

    synchronized boolean isClosed() {
        return state instanceof Closed;
    }

    /** Whether one delivery would be admitted now, and no more. */
    synchronized boolean isProbeDue() {
        if (state instanceof Open open) {
            return nanoClock.getAsLong() - open.until() >= 0;
        }
        return state instanceof Probing probing && nanoClock.getAsLong() - probing.until() >= 0;
    }

    /** Lets a delivery through, or not. What comes of it has to be told. */
    synchronized boolean admit() {
        if (isProbeDue()) {
            long until = nanoClock.getAsLong() + policy.longestPause().toNanos();
            state = new Probing(downSince().orElseThrow(), until, pause());
            return true;
        }
        return state instanceof Closed;
    }

    /** A delivery was taken, or refused for good: somebody answers. Tells how long the sink was down, if it was. */
    synchronized Optional<Duration> answered() {
        Optional<Duration> outage = downSince().map(since -> Duration.ofNanos(nanoClock.getAsLong() - since));
        state = UP;
        return outage;
    }

    synchronized Verdict failed(UUID event) {
        if (state instanceof Closed closed) {
            return failed(closed, event);
        }
        if (state instanceof Probing probing) {
            open(probing.since(), doubled(probing.pause()));
        }
        return Verdict.SINK_IS_DOWN;
    }

    private Verdict failed(Closed closed, UUID event) {
        long now = nanoClock.getAsLong();
        long firstFailure = closed.failed().isEmpty() ? now : closed.firstFailure();
        Set<UUID> failed = Stream.concat(closed.failed().stream(), Stream.of(event))
                .distinct()
                .limit(policy.failures())
                .collect(Collectors.toUnmodifiableSet());
        if (failed.size() == policy.failures()
                && now - firstFailure >= policy.patience().toNanos()) {
            open(firstFailure, policy.firstPause());
            return Verdict.SINK_WENT_DOWN;
        }
        state = new Closed(firstFailure, failed);
        return Verdict.DELIVERY_FAILED;
    }

    /** An admitted delivery was not made after all. */
    synchronized void abandoned() {
        if (state instanceof Probing probing) {
            state = new Open(probing.since(), nanoClock.getAsLong(), probing.pause());
        }
    }

    private Duration pause() {
        if (state instanceof Open open) {
            return open.pause();
        }
        return state instanceof Probing probing ? probing.pause() : Duration.ZERO;
    }

    private Optional<Long> downSince() {
        if (state instanceof Open open) {
            return Optional.of(open.since());
        }
        return state instanceof Probing probing ? Optional.of(probing.since()) : Optional.empty();
    }

    /** Between half of the pause and all of it, so that nodes do not try in one moment. */
    private void open(long since, Duration pause) {
        long nanos = pause.toNanos();
        long jittered = ThreadLocalRandom.current().nextLong(nanos / 2, nanos + 1);
        state = new Open(since, nanoClock.getAsLong() + jittered, pause);
    }

    private Duration doubled(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(policy.longestPause()) < 0 ? doubled : policy.longestPause();
    }
}
