package dev.semel.server.tokens;

import dev.semel.UnavailableException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tokens that are looked up with one query. Guarded by whoever gathers it until it is closed. */
final class LookupBatch {
    private final Set<TokenHash> hashes = new HashSet<>();
    private final CompletableFuture<Map<TokenHash, Identity>> found = new CompletableFuture<>();

    LookupBatch(TokenHash first) {
        hashes.add(first);
    }

    void add(TokenHash hash) {
        hashes.add(hash);
    }

    Set<TokenHash> hashes() {
        return hashes;
    }

    void succeed(Map<TokenHash, Identity> owners) {
        found.complete(owners);
    }

    void fail(Throwable failure) {
        found.completeExceptionally(failure);
    }

    /** @throws UnavailableException if the query failed or does not end */
    Map<TokenHash, Identity> await(Duration limit) {
        try {
            return found.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(e);
        } catch (ExecutionException e) {
            throw new UnavailableException(Optional.ofNullable(e.getCause()).orElse(e));
        } catch (TimeoutException e) {
            throw new UnavailableException(e);
        }
    }
}
