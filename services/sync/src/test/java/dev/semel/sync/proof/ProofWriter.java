package dev.semel.sync.proof;

import dev.semel.Caller;
import dev.semel.RejectedException;
import dev.semel.sync.ProofEngine;
import dev.semel.sync.TestSync;
import dev.semel.sync.push.OpResult;
import dev.semel.sync.push.PushAnswer;
import dev.semel.sync.push.PushOp;
import dev.semel.sync.push.PushRequest;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Pushes changes of its own files, and now and then of one that all fight for. Asks again under the same id when it does not know what
 * has become of a push.
 */
final class ProofWriter implements Runnable {
    private static final int OWN_FILES = 12;
    private static final int SHARED_FILES = 4;
    private static final int TRIES = 200;

    private final ProofEngine engine;
    private final Caller caller;
    private final String scope;
    private final int number;
    private final AtomicInteger left;
    private final Random random;
    private final Map<String, Long> versions = new HashMap<>();
    private final Set<String> deleted = new HashSet<>();
    private int done;
    private int refused;
    private int brokenTries;

    ProofWriter(ProofEngine engine, Caller caller, String scope, int number, AtomicInteger left) {
        this.engine = engine;
        this.caller = caller;
        this.scope = scope;
        this.number = number;
        this.left = left;
        this.random = new Random(number);
    }

    int done() {
        return done;
    }

    int refused() {
        return refused;
    }

    int brokenTries() {
        return brokenTries;
    }

    @Override
    public void run() {
        for (int push = 0; isAnotherLeft(); push++) {
            while (!isDone(request(push + "-" + refused))) {
                refused++;
            }
            done++;
        }
    }

    private boolean isAnotherLeft() {
        int number = left.getAndDecrement();
        if (number % 20_000 == 0 && number > 0) {
            System.out.printf("%tT %d commits to go%n", LocalTime.now(), number);
        }
        return number > 0;
    }

    private PushRequest request(String id) {
        Map<String, PushOp> ops = new HashMap<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            PushOp op = op();
            ops.put(op.fileId(), op);
        }
        return TestSync.request(scope, "w" + number + "-" + id, ops.values().toArray(PushOp[]::new));
    }

    private PushOp op() {
        boolean shared = random.nextInt(10) == 0;
        String id = shared ? "shared-" + random.nextInt(SHARED_FILES) : "w" + number + "-" + random.nextInt(OWN_FILES);
        long base = versions.getOrDefault(id, 0L);
        if (!shared && base > 0 && !deleted.contains(id) && random.nextInt(25) == 0) {
            return new PushOp("delete", id, null, base, null, null);
        }
        String path = (random.nextInt(25) == 0 ? "elsewhere-" + random.nextInt(5) : "here") + "/" + id + ".md";
        return new PushOp("upsert", id, path, base, "# " + id + "\n" + random.nextLong() + "\n", null);
    }

    private boolean isDone(PushRequest request) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            try {
                PushAnswer answer = engine.push(caller, request).result();
                answer.results().forEach(result -> versions.put(result.fileId(), result.newVersion()));
                request.ops().forEach(this::note);
                return true;
            } catch (RejectedException e) {
                if (e.retryable()) {
                    brokenTries++;
                    continue;
                }
                learn(e);
                return false;
            } catch (RuntimeException e) {
                brokenTries++;
            }
        }
        throw new IllegalStateException("a push came to no end");
    }

    private void note(PushOp op) {
        if (op.type().equals("delete")) {
            deleted.add(op.fileId());
        } else {
            deleted.remove(op.fileId());
        }
    }

    private void learn(RejectedException refusal) {
        if (!refusal.code().equals("BASE_VERSION_CONFLICT")) {
            throw refusal;
        }
        ((List<?>) refusal.members().get("results"))
                .forEach(result -> versions.put(((OpResult) result).fileId(), ((OpResult) result).serverVersion()));
    }
}
