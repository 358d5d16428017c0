package dev.semel.sync.pull;

import dev.semel.UnavailableException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * Pulls that wait for something to tell. A waiting one holds neither a thread nor a connection; one thread looks for all of them, a
 * few times a second, one statement for each that waits. Thread-safe.
 */
public final class LongPolls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LongPolls.class);
    private static final Duration PAUSE = Duration.ofMillis(250);
    /** The container's own limit only comes in when this class has failed to answer. */
    private static final long SLACK_MILLIS = 10_000;

    private final Pulling pulling;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "semel-sync-long-polls");
        thread.setDaemon(true);
        return thread;
    });

    /** Looks for what these would answer. */
    public LongPolls(Pulling pulling) {
        this.pulling = pulling;
        var unused =
                looking.scheduleWithFixedDelay(this::look, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private record Waiting(String tenant, PullRequest request, DeferredResult<PullAnswer> result, long deadlineNanos) {
        boolean isOver() {
            return System.nanoTime() - deadlineNanos >= 0;
        }
    }

    /** The answer as soon as there is something in it, and in the end without. */
    DeferredResult<PullAnswer> await(String tenant, PullRequest request) {
        Duration patience = Duration.ofSeconds(request.waitSeconds());
        DeferredResult<PullAnswer> result = new DeferredResult<>(patience.toMillis() + SLACK_MILLIS);
        waiting.add(new Waiting(tenant, request, result, System.nanoTime() + patience.toNanos()));
        return result;
    }

    private void look() {
        waiting.removeIf(this::settle);
    }

    private boolean settle(Waiting one) {
        if (one.result.isSetOrExpired()) {
            return true;
        }
        try {
            PullAnswer answer = pulling.pull(one.tenant, one.request);
            return (!answer.changes().isEmpty() || one.isOver()) && one.result.setResult(answer);
        } catch (RuntimeException failure) {
            return one.result.setErrorResult(failure);
        } catch (Error failure) {
            LOG.error("a waiting pull failed", failure);
            return one.result.setErrorResult(failure);
        }
    }

    /** Lets go of all that wait; their clients ask again. */
    @Override
    public void close() {
        looking.shutdownNow();
        UnavailableException stopping =
                new UnavailableException("The server is stopping.", new IllegalStateException("closed"));
        waiting.forEach(one -> one.result.setErrorResult(stopping));
    }
}
