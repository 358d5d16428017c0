package dev.semel.internal.audit;

import java.time.YearMonth;
import java.util.List;

/**
 * A link of a month's chain: some rows in id order.
 *
 * @param number from 1
 * @param previousHash of the seal before, or the chain's start
 */
record Seal(YearMonth month, int number, List<SealedRow> rows, String previousHash, String hash) {
    /** What is kept of a row: enough to name it if it is changed or gone. */
    record SealedRow(long id, String tenant, String digest) {
        static SealedRow of(StoredRow row) {
            return new SealedRow(row.id(), row.tenantId(), row.digest());
        }
    }

    static Seal of(YearMonth month, int number, List<SealedRow> rows, String previousHash) {
        return new Seal(month, number, rows, previousHash, hash(month, number, rows, previousHash));
    }

    /** Version 1. */
    static String hash(YearMonth month, int number, List<SealedRow> rows, String previousHash) {
        Sha256 hash = Sha256.of("semel.audit.seal.1")
                .text(month.toString())
                .number(number)
                .text(previousHash)
                .number(rows.size());
        for (SealedRow row : rows) {
            hash.number(row.id()).text(row.tenant()).text(row.digest());
        }
        return hash.hex();
    }

    boolean isWhole() {
        return !rows.isEmpty() && hash.equals(hash(month, number, rows, previousHash));
    }

    long firstId() {
        return rows.get(0).id();
    }

    long lastId() {
        return rows.get(rows.size() - 1).id();
    }
}
