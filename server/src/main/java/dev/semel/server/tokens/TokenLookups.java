package dev.semel.server.tokens;

import dev.semel.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Looks tokens up, however many at once, with one query at a time: what arrives while a query runs waits for the next one and
 * shares it. Nothing is remembered from one query to the next, and a query starts after the arrival of everything it answers,
 * so a revoked token is refused at once. Thread-safe.
 */
public final class TokenLookups {
    private static final int MAX_LENGTH = 512;

    private final TokenDirectory directory;
    private final Duration patience;
    private final Semaphore turn = new Semaphore(1);
    private final Object gathering = new Object();
    private @Nullable LookupBatch waiting;

    /** @param patience how long a query that runs is waited for, and then again for one's own */
    TokenLookups(TokenDirectory directory, Duration patience) {
        this.directory = directory;
        this.patience = patience;
    }

    /**
     * Whose token this is.
     *
     * @return empty if there is no such token or it was revoked
     * @throws UnavailableException if the database does not answer in time: nobody knows whose it is
     */
    public Optional<Identity> find(String token) {
        if (!isWellFormed(token)) {
            return Optional.empty();
        }
        TokenHash hash = TokenHash.of(token);
        LookupBatch batch = join(hash);
        return Optional.ofNullable(batch.await(patience.multipliedBy(2)).get(hash));
    }

    private static boolean isWellFormed(String token) {
        return !token.isEmpty()
                && token.length() <= MAX_LENGTH
                && token.chars().allMatch(character -> character > ' ' && character < 0x7F);
    }

    /** Whoever finds no batch to join opens one, and leads it. */
    private LookupBatch join(TokenHash hash) {
        LookupBatch batch;
        synchronized (gathering) {
            if (waiting != null) {
                waiting.add(hash);
                return waiting;
            }
            batch = new LookupBatch(hash);
            waiting = batch;
        }
        lead(batch);
        return batch;
    }

    private void lead(LookupBatch batch) {
        try {
            if (!turn.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new TimeoutException("an earlier look-up does not end");
            }
            try {
                close(batch);
                batch.succeed(directory.find(batch.hashes()));
            } finally {
                turn.release();
            }
        } catch (Exception | Error e) {
            close(batch);
            batch.fail(e);
        }
    }

    private void close(LookupBatch batch) {
        synchronized (gathering) {
            if (waiting == batch) {
                waiting = null;
            }
        }
    }
}
