package dev.semel.internal.audit;

import dev.semel.internal.SqlFailures;
import dev.semel.maintenance.MaintenanceTransactions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.YearMonth;

/** Takes months out of the log, puts them back, and removes them. */
public final class MonthMoves {
    private final MaintenanceTransactions maintenance;
    private final ExportFiles files;

    public MonthMoves(MaintenanceTransactions maintenance, Path folder) {
        this.maintenance = maintenance;
        this.files = new ExportFiles(folder);
    }

    public boolean detach(YearMonth month) throws Exception {
        return move(connection -> new Months(connection).detach(month));
    }

    public boolean attach(YearMonth month) throws Exception {
        return move(connection -> new Months(connection).attach(month));
    }

    public void drop(YearMonth month) throws Exception {
        run(connection -> new Months(connection).drop(month));
    }

    public void removeFiles(YearMonth month) throws Exception {
        Anchor anchor = maintenance.run(
                connection -> new Anchors(connection).find(month).orElseThrow(() -> notDropped(month)));
        if (anchor.state() != Anchor.State.DROPPED) {
            throw notDropped(month);
        }
        if (!files.exist(month)) {
            return; // they are gone, or another node has them
        }
        // The manifest goes last: while it is there, a run that died in between is gone on from.
        files.deleteRows(month);
        run(connection -> new Anchors(connection).filesRemoved(month));
        files.deleteManifest(month);
    }

    private static IllegalStateException notDropped(YearMonth month) {
        return new IllegalStateException("month " + month + " was not dropped");
    }

    private boolean move(Step step) throws Exception {
        try {
            run(step);
            return true;
        } catch (SQLException e) {
            if (SqlFailures.isLockTimeout(e)) {
                return false;
            }
            throw e;
        }
    }

    private void run(Step step) throws Exception {
        maintenance.<Boolean>run(connection -> {
            step.run(connection);
            return true;
        });
    }

    /** One step, in a transaction of its own. */
    @FunctionalInterface
    private interface Step {
        void run(Connection connection) throws SQLException;
    }
}
