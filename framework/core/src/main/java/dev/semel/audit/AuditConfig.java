package dev.semel.audit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How long audit rows stay where. Immutable.
 *
 * @param hot how long a month stays in the log after it has ended, before it is exported and detached
 * @param kept how long it is kept after it has ended, before its detached table is removed for good
 * @param archiveFolder where exports are written; without one nothing is exported, detached or removed
 * @param removeFiles whether a month's export goes with its table; its anchor stays in any case
 * @param segmentRows how many rows a seal covers at most
 * @param rowsPerRun how many rows one run of the sealing job covers at most
 */
public record AuditConfig(
        Duration hot,
        Duration kept,
        Optional<Path> archiveFolder,
        boolean removeFiles,
        int segmentRows,
        int rowsPerRun) {
    private static final Duration SHORTEST_HOT = Duration.ofDays(2);
    private static final Duration SHORTEST_KEPT = Duration.ofDays(400);

    /**
     * Makes the folder absolute.
     *
     * @throws IllegalArgumentException if a month would be hot for less than two days, kept for less than 400 or for less than it
     *     is hot, or if a number is not positive
     */
    public AuditConfig {
        archiveFolder = archiveFolder.map(folder -> folder.toAbsolutePath().normalize());
        if (hot.compareTo(SHORTEST_HOT) < 0) {
            throw new IllegalArgumentException("audit rows stay in the log for two days at least");
        }
        if (kept.compareTo(SHORTEST_KEPT) < 0 || kept.compareTo(hot) < 0) {
            throw new IllegalArgumentException(
                    "audit rows are kept for 400 days at least, and as long as they are hot");
        }
        if (segmentRows < 1 || rowsPerRun < segmentRows) {
            throw new IllegalArgumentException("a seal covers one row at least, and a run one full seal");
        }
    }

    /** 90 days hot, seven years kept, no export. */
    public static AuditConfig ofDefaults() {
        return builder().build();
    }

    /** Starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder {
        private Duration hot = Duration.ofDays(90);
        private Duration kept = Duration.ofDays(7 * 365 + 2);
        private Optional<Path> archiveFolder = Optional.empty();
        private boolean removeFiles;
        private int segmentRows = 1_000;
        private int rowsPerRun = 100_000;

        private Builder() {}

        /** Default: 90 days. */
        public Builder hot(Duration length) {
            hot = length;
            return this;
        }

        /** Default: seven years. */
        public Builder kept(Duration length) {
            kept = length;
            return this;
        }

        /** Default: none, and so no export. The folder is made if it is missing. */
        public Builder archiveFolder(Path folder) {
            archiveFolder = Optional.of(folder);
            return this;
        }

        /** Default: false, the files stay. */
        public Builder removeFiles(boolean remove) {
            removeFiles = remove;
            return this;
        }

        /** Default: 1,000. */
        public Builder segmentRows(int rows) {
            segmentRows = rows;
            return this;
        }

        /** Default: 100,000. */
        public Builder rowsPerRun(int rows) {
            rowsPerRun = rows;
            return this;
        }

        /**
         * The configuration.
         *
         * @throws IllegalArgumentException as the record's constructor
         */
        public AuditConfig build() {
            return new AuditConfig(hot, kept, archiveFolder, removeFiles, segmentRows, rowsPerRun);
        }
    }
}
