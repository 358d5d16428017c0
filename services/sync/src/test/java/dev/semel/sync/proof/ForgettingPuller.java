package dev.semel.sync.proof;

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

/** A client that is away for a while now and then, and has everything anew when it comes back too late. */
final class ForgettingPuller implements Runnable {
    private final ProofEngine engine;
    private final String tenant;
    private final String scope;
    private final AtomicBoolean over;
    private final Random random;
    private final Map<String, PulledFile> files = new TreeMap<>();
    private Object applied = 0;
    private int expired;
    private int expiredBetweenPages;
    private int followed;

    ForgettingPuller(ProofEngine engine, String tenant, String scope, int number, AtomicBoolean over) {
        this.engine = engine;
        this.tenant = tenant;
        this.scope = scope;
        this.over = over;
        this.random = new Random(number);
    }

    int expired() {
        return expired;
    }

    int expiredBetweenPages() {
        return expiredBetweenPages;
    }

    /** Deletions that were told. */
    int followed() {
        return followed;
    }

    @Override
    public void run() {
        boolean last;
        boolean news;
        do {
            last = over.get();
            news = checkpoint();
            LockSupport.parkNanos(random.nextInt(10) == 0 ? 150_000_000 : random.nextInt(8_000_000));
        } while (!last || news);
    }

    /** Whether there may be more. */
    private boolean checkpoint() {
        List<PulledFile> staged = new ArrayList<>();
        Object cursor = applied;
        boolean more = true;
        while (more) {
            PullAnswer page;
            try {
                page = engine.pull(tenant, new PullRequest(scope, cursor, 1 + random.nextInt(20), null, null));
            } catch (RuntimeException e) {
                if (!ManifestPages.staleCode(e).equals("CURSOR_EXPIRED")) {
                    throw e;
                }
                expired++;
                expiredBetweenPages += staged.isEmpty() ? 0 : 1;
                applied = 0;
                return true;
            }
            staged.addAll(page.changes());
            cursor = page.newCursor();
            more = page.hasMore();
        }
        apply(staged, cursor);
        return !staged.isEmpty();
    }

    private void apply(List<PulledFile> staged, Object cursor) {
        if (applied.equals(0)) {
            files.clear();
        }
        staged.forEach(file -> files.put(file.fileId(), file));
        followed += (int) staged.stream().filter(PulledFile::deleted).count();
        applied = cursor;
    }

    List<ManifestEntry> entries() {
        return files.values().stream()
                .filter(file -> !file.deleted())
                .map(file -> new ManifestEntry(file.fileId(), file.serverPath(), file.version(), file.contentHash()))
                .toList();
    }
}
