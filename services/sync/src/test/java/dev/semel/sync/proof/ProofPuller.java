package dev.semel.sync.proof;

import dev.semel.RejectedException;
import dev.semel.sync.ProofEngine;
import dev.semel.sync.pull.ManifestEntry;
import dev.semel.sync.pull.ManifestPages;
import dev.semel.sync.pull.PullAnswer;
import dev.semel.sync.pull.PullRequest;
import dev.semel.sync.pull.PulledFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** A client that pulls pages, applies whole checkpoints, and forgets the page it was at when it is restarted. */
final class ProofPuller implements Runnable {
    private final ProofEngine engine;
    private final String tenant;
    private final String scope;
    private final int pauseNanos;
    private final AtomicBoolean over;
    private final Random random;
    private final Map<String, PulledFile> files = new TreeMap<>();
    private final List<Checkpoint> checkpoints = new ArrayList<>();
    private Object applied = 0;
    private int toldTwice;
    private int restarts;

    /** @param pauseNanos the longest pause between two checkpoints */
    ProofPuller(ProofEngine engine, String tenant, String scope, int number, int pauseNanos, AtomicBoolean over) {
        this.engine = engine;
        this.tenant = tenant;
        this.scope = scope;
        this.pauseNanos = pauseNanos;
        this.over = over;
        this.random = new Random(number);
    }

    /** What a client had when it had applied one. */
    record Checkpoint(long head, long live, long versions) {}

    int toldTwice() {
        return toldTwice;
    }

    int restarts() {
        return restarts;
    }

    List<Checkpoint> checkpoints() {
        return checkpoints;
    }

    @Override
    public void run() {
        boolean last;
        boolean news;
        do {
            last = over.get();
            news = checkpoint();
            LockSupport.parkNanos(random.nextInt(pauseNanos));
        } while (!last || news);
    }

    /** Whether there may be more. */
    private boolean checkpoint() {
        List<PulledFile> staged = new ArrayList<>();
        Object cursor = applied;
        long head = -1;
        try {
            while (true) {
                PullAnswer page =
                        engine.pull(tenant, new PullRequest(scope, cursor, 1 + random.nextInt(60), null, null));
                head = head < 0 ? page.head() : head;
                staged.addAll(page.changes());
                cursor = page.newCursor();
                if (!page.hasMore()) {
                    apply(staged, cursor, head);
                    return !staged.isEmpty();
                }
                if (random.nextInt(25) == 0) {
                    restarts++;
                    return true;
                }
            }
        } catch (RejectedException e) {
            throw e;
        } catch (RuntimeException e) {
            restarts++;
            return true;
        }
    }

    private void apply(List<PulledFile> staged, Object cursor, long head) {
        for (PulledFile file : staged) {
            PulledFile before = files.put(file.fileId(), file);
            if (before != null && before.version() >= file.version()) {
                toldTwice++;
            }
        }
        applied = cursor;
        if (random.nextInt(20) == 0 && checkpoints.size() < 40) {
            List<ManifestEntry> live = entries();
            checkpoints.add(new Checkpoint(
                    head,
                    live.size(),
                    live.stream().mapToLong(ManifestEntry::version).sum()));
        }
    }

    List<ManifestEntry> entries() {
        return files.values().stream()
                .filter(file -> !file.deleted())
                .map(file -> new ManifestEntry(file.fileId(), file.serverPath(), file.version(), file.contentHash()))
                .toList();
    }

    String manifestHash() {
        return ManifestPages.hash(entries());
    }
}
