package dev.semel.internal.audit;

import dev.semel.internal.SettledIds;
import dev.semel.internal.audit.Seal.SealedRow;
import dev.semel.maintenance.JobResult;
import dev.semel.maintenance.MaintenanceJob;
import dev.semel.maintenance.MaintenanceTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals the rows that are settled, month by month, in id order. A month is a time of rows and not a partition: the rows of a
 * month that are still in the default partition are sealed like all others, and stay sealed when they are moved.
 *
 * <p>Ids of two months mix around midnight, so each month goes on from its own last sealed id. A row of a transaction that takes
 * long keeps the settled id below its own, whatever is committed meanwhile, so no row comes after its place was sealed.
 */
public final class SealJob implements MaintenanceJob {
    /** For operators: what is logged here is the anchor outside of the database. */
    private static final Logger HEADS = LoggerFactory.getLogger("semel.audit");

    private final MaintenanceTransactions maintenance;
    private final int segmentRows;
    private final int rowsPerRun;
    private final SettledIds settledIds =
            new SettledIds("semel.idempotent_write_audit_log", "semel.audit_log_ids"); // guarded by this

    public SealJob(MaintenanceTransactions maintenance, int segmentRows, int rowsPerRun) {
        this.maintenance = maintenance;
        this.segmentRows = segmentRows;
        this.rowsPerRun = rowsPerRun;
    }

    @Override
    public String name() {
        return "audit-seal";
    }

    @Override
    public Duration interval() {
        return Duration.ofMinutes(1);
    }

    @Override
    public synchronized JobResult run() throws Exception {
        long settled = maintenance.run(this::settledNow);
        long sealed = 0;
        long left = 0;
        for (YearMonth month : months()) {
            long rows = sealMonth(month, settled, rowsPerRun - sealed);
            sealed += rows;
            left += sealed + segmentRows > rowsPerRun || interrupted() ? left(month, settled) : 0;
        }
        return new JobResult(sealed, left);
    }

    /** The second look finds settled what the first one saw last, unless somebody is just inserting. */
    private long settledNow(Connection connection) throws SQLException {
        settledIds.advance(connection);
        return settledIds.advance(connection);
    }

    private List<YearMonth> months() throws Exception {
        return maintenance.run(
                connection -> List.copyOf(new Months(connection).all().keySet()));
    }

    /** As many full seals as the budget allows, and a last one that is not full. */
    private long sealMonth(YearMonth month, long settled, long budget) throws Exception {
        long sealed = 0;
        int rows = segmentRows;
        while (rows == segmentRows && sealed + segmentRows <= budget && !interrupted()) {
            rows = maintenance.run(connection -> sealNext(connection, month, settled));
            sealed += rows;
        }
        if (sealed > 0) {
            logHead(month);
        }
        return sealed;
    }

    private int sealNext(Connection connection, YearMonth month, long settled) throws SQLException {
        Anchors anchors = new Anchors(connection);
        // A look without a lock, so that a month without new rows costs nothing and leaves no anchor.
        long last = anchors.find(month).map(SealJob::lastSealed).orElse(Long.MIN_VALUE);
        if (new LogRows(connection).next(month, last, settled, 1).isEmpty()) {
            return 0;
        }
        Anchor anchor = anchors.lock(month);
        List<StoredRow> rows = new LogRows(connection).next(month, lastSealed(anchor), settled, segmentRows);
        if (!rows.isEmpty()) {
            List<SealedRow> sealed = rows.stream().map(SealedRow::of).toList();
            Seal seal = Seal.of(
                    month, anchor.head().seals() + 1, sealed, anchor.head().hash());
            new Seals(connection).insert(seal);
            anchors.advance(month, anchor.head().with(seal));
        }
        return rows.size();
    }

    /** A month that has left is closed: what comes after is for an operator, and no seal makes it look right. */
    private static long lastSealed(Anchor anchor) {
        return anchor.state().isAttached() ? anchor.head().lastSealedId() : Long.MAX_VALUE;
    }

    private void logHead(YearMonth month) throws Exception {
        Anchor.Head head = maintenance.run(
                connection -> new Anchors(connection).find(month).orElseThrow().head());
        HEADS.info(
                "audit head month={} seals={} rows={} last-id={} hash={}",
                month,
                head.seals(),
                head.rows(),
                head.lastId(),
                head.hash());
    }

    private long left(YearMonth month, long settled) throws Exception {
        return maintenance.run(connection -> {
            long last =
                    new Anchors(connection).find(month).map(SealJob::lastSealed).orElse(Long.MIN_VALUE);
            return new LogRows(connection).count(month, last, settled);
        });
    }

    private static boolean interrupted() {
        return Thread.currentThread().isInterrupted();
    }
}
