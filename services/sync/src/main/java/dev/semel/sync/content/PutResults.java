package dev.semel.sync.content;

import dev.semel.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What came of the calls of one caller. Belongs to his thread. */
final class PutResults<T> {
    private final Duration limit;
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<T> results = new ArrayList<>();
    private @Nullable RuntimeException failure;
    private boolean isInterrupted;

    /** @param limit how long a call waits until it is begun */
    PutResults(Duration limit) {
        this.limit = limit;
    }

    /** Whether any has failed: no other is begun. */
    AtomicBoolean over() {
        return over;
    }

    /** Waits until the call is over: one that has begun is not left behind. */
    void await(PutCall<T> call) {
        boolean isDone = false;
        while (!isDone) {
            try {
                if (!call.awaitBegun(limit)) {
                    call.giveUp(new TimeoutException("not begun for " + limit));
                }
                results.add(call.get());
                isDone = true;
            } catch (InterruptedException e) {
                isInterrupted = true;
                over.set(true);
                call.giveUp(new CancellationException("interrupted"));
            } catch (CancellationException e) {
                isDone = true;
            } catch (ExecutionException e) {
                fail(Objects.requireNonNullElse(e.getCause(), e));
                isDone = true;
            }
        }
    }

    private void fail(Throwable cause) {
        if (failure != null) {
            return;
        }
        if (cause instanceof TimeoutException) {
            failure = new UnavailableException("Too many contents are being stored at the moment.", cause);
        } else {
            failure = cause instanceof RuntimeException known ? known : new UnavailableException(cause);
        }
    }

    /**
     * All results.
     *
     * @throws UnavailableException if there are not so many
     * @throws RuntimeException what the first has failed with
     */
    List<T> all(int calls) {
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failure;
        }
        if (results.size() < calls) {
            throw new UnavailableException(new CancellationException("no more contents are put"));
        }
        return results;
    }
}
