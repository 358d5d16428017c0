package dev.semel.sync.pull;

import dev.semel.RejectedException;
import dev.semel.UnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * Pulls that wait for something to tell. A waiting one holds neither a thread nor a connection; one thread looks for all of them, a few
 * times a second: one statement for each tenant that has any, however many there are, and one pull for those that ask for the same
 * once there is something. Only so many can wait at once. Thread-safe.
 */
public final class LongPolls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LongPolls.class);
    private static final Duration PAUSE = Duration.ofMillis(250);
    /** The container's own limit only comes in when this class has failed to answer. */
    private static final long SLACK_MILLIS = 10_000;

    private final Pulling pulling;
    private final Limits limits;
    private final ConcurrentLinkedQueue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "semel-sync-long-polls");
        thread.setDaemon(true);
        return thread;
    });

    /** Most pulls that wait, in all and of one tenant. */
    record Limits(int all, int ofOneTenant) {
        static final Limits DEFAULT = new Limits(4_000, 1_000);
    }

    /** Looks for what these would answer. */
    LongPolls(Pulling pulling, Limits limits) {
        this.pulling = pulling;
        this.limits = limits;
        var unused =
                looking.scheduleWithFixedDelay(this::look, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @param head of main when there was nothing to tell */
    private record Waiting(
            String tenant, PullRequest request, long head, DeferredResult<PullAnswer> result, long deadlineNanos) {
        boolean isOver() {
            return System.nanoTime() - deadlineNanos >= 0;
        }

        void fail(Throwable failure) {
            result.setErrorResult(failure);
        }
    }

    /**
     * The answer as soon as there is something in it, and in the end without.
     *
     * @param head of main when there was nothing to tell
     * @throws RejectedException if too many wait already
     */
    DeferredResult<PullAnswer> await(String tenant, PullRequest request, long head) {
        Duration patience = Duration.ofSeconds(request.waitSeconds());
        DeferredResult<PullAnswer> result = new DeferredResult<>(patience.toMillis() + SLACK_MILLIS);
        add(new Waiting(tenant, request, head, result, System.nanoTime() + patience.toNanos()));
        return result;
    }

    private synchronized void add(Waiting one) {
        long ofTenant = waiting.stream()
                .filter(other -> other.tenant.equals(one.tenant))
                .count();
        if (ofTenant >= limits.ofOneTenant || waiting.size() >= limits.all) {
            throw RejectedException.busy("TOO_MANY_WAITING", "Too many pulls wait already: pull without waiting.");
        }
        waiting.add(one);
    }

    private void look() {
        try {
            waiting.removeIf(one -> one.result.isSetOrExpired());
            waiting.stream().collect(Collectors.groupingBy(Waiting::tenant)).forEach(this::look);
        } catch (RuntimeException | Error failure) {
            LOG.error("looking for waiting pulls failed", failure);
        }
    }

    private void look(String tenant, List<Waiting> ofTenant) {
        try {
            Map<String, Long> heads = pulling.heads(
                    tenant, ofTenant.stream().map(one -> one.request.scope()).collect(Collectors.toSet()));
            Map<PullRequest, PullAnswer> answers = new HashMap<>();
            for (Waiting one : ofTenant) {
                if (one.isOver() || heads.getOrDefault(one.request.scope(), -1L) != one.head) {
                    settle(one, answers);
                }
            }
        } catch (RuntimeException failure) {
            ofTenant.forEach(one -> one.fail(failure));
        }
    }

    private void settle(Waiting one, Map<PullRequest, PullAnswer> answers) {
        try {
            PullAnswer answer = answers.computeIfAbsent(one.request, request -> pulling.pull(one.tenant, request));
            if (!answer.changes().isEmpty() || one.isOver()) {
                one.result.setResult(answer);
            }
        } catch (RuntimeException failure) {
            one.fail(failure);
        }
    }

    /** Lets go of all that wait; their clients ask again. */
    @Override
    public void close() {
        looking.shutdownNow();
        UnavailableException stopping =
                new UnavailableException("The server is stopping.", new IllegalStateException("closed"));
        waiting.forEach(one -> one.fail(stopping));
    }
}
