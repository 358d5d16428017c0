package dev.semel.internal.audit;

import dev.semel.Transactions;
import dev.semel.audit.AuditEntry;
import dev.semel.audit.AuditWriter;
import dev.semel.internal.AuditRow;
import dev.semel.internal.Deadline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The queue between callers, who never wait, and one thread that writes. */
public final class QueuedAuditTrail implements AuditWriter {
    private final WriterConfig config;
    private final AuditTally tally;
    private final BatchWriter batches;
    private final Thread thread = new Thread(this::work, "semel-audit-writer");
    private final ArrayDeque<AuditRow> queue = new ArrayDeque<>(); // guarded by this, as all below
    private long accepted;
    private long handled;
    private boolean closed;

    private QueuedAuditTrail(Transactions transactions, WriterConfig config) {
        this.config = config;
        this.tally = new AuditTally(config.listeners());
        this.batches = new BatchWriter(transactions, tally, config.patience());
    }

    public static AuditWriter start(Transactions transactions, WriterConfig config) {
        QueuedAuditTrail trail = new QueuedAuditTrail(transactions, config);
        trail.thread.setDaemon(true);
        trail.thread.start();
        return trail;
    }

    @Override
    public void add(AuditEntry entry) {
        try {
            AuditRow row = AuditRow.of(entry);
            if (!Storable.isStorable(row)) {
                tally.lost(1, "no database stores their identifiers");
            } else if (!offer(row)) {
                tally.lost(1, "the queue is full or closed");
            }
        } catch (RuntimeException e) {
            tally.lost(1, e.getClass().getSimpleName());
        }
    }

    private synchronized boolean offer(AuditRow row) {
        if (closed || queue.size() >= config.capacity()) {
            return false;
        }
        queue.add(row);
        accepted++;
        notifyAll();
        return true;
    }

    private void work() {
        try {
            for (List<AuditRow> batch = take(); !batch.isEmpty(); batch = take()) {
                writeAndCount(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeAndCount(List<AuditRow> batch) throws InterruptedException {
        try {
            batches.write(batch);
        } catch (RuntimeException | Error e) { // before it came to the first row: the writer counts the rest
            tally.lost(batch.size(), e.getClass().getSimpleName());
        } finally {
            count(batch.size());
        }
    }

    /** Waits for entries; none come any more once it is closed and empty. */
    private synchronized List<AuditRow> take() throws InterruptedException {
        while (queue.isEmpty() && !closed) {
            wait();
        }
        List<AuditRow> batch = new ArrayList<>();
        while (!queue.isEmpty() && batch.size() < config.batchSize()) {
            batch.add(queue.remove());
        }
        return batch;
    }

    private synchronized void count(int entries) {
        handled += entries;
        notifyAll();
    }

    @Override
    public synchronized boolean flush(Duration limit) {
        Deadline deadline = Deadline.after(limit);
        long target = accepted;
        try {
            while (handled < target) {
                if (deadline.passed()) {
                    return false;
                }
                wait(Math.max(1, deadline.remainingNanos() / 1_000_000));
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        shut();
        try {
            thread.join(Math.max(1, config.drainLimit().toMillis()));
            thread.interrupt();
            thread.join(Math.max(1, config.drainLimit().toMillis()));
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        tally.lost(leftOver(), "the writer was closed before they were written");
    }

    private synchronized void shut() {
        closed = true;
        notifyAll();
    }

    private synchronized int leftOver() {
        int left = queue.size();
        queue.clear();
        count(left);
        return left;
    }
}
