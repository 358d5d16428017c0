package dev.semel.internal.audit;

import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a month for ever.
 *
 * @param previous the head that its chain starts from; null if no earlier month had one
 * @param export null until it is exported
 */
record Anchor(
        YearMonth month,
        State state,
        @Nullable Previous previous,
        Head head,
        @Nullable Export export) {
    /** Where the month's rows are. */
    enum State {
        OPEN,
        DETACHED,
        ATTACHED,
        DROPPED;

        /** Whether the log should have the rows. */
        boolean isAttached() {
            return this == OPEN || this == ATTACHED;
        }
    }

    /** An earlier month's head, as it was when this month's chain began. */
    record Previous(YearMonth month, int seals, String hash) {}

    /** The end of the chain; ids are null while it is empty. */
    record Head(
            int seals,
            long rows,
            @Nullable Long firstId,
            @Nullable Long lastId,
            String hash) {
        Head with(Seal seal) {
            return new Head(
                    seal.number(),
                    rows + seal.rows().size(),
                    firstId == null ? seal.firstId() : firstId,
                    seal.lastId(),
                    seal.hash());
        }

        /** Whatever is not above this is sealed. */
        long lastSealedId() {
            return lastId == null ? Long.MIN_VALUE : lastId;
        }
    }

    /** The manifest's file name, and the hash of the rows' file. */
    record Export(String manifest, String sha256) {}

    /** What the first seal stands on. Version 1. */
    static String start(YearMonth month, @Nullable Previous previous) {
        Sha256 start = Sha256.of("semel.audit.chain.1").text(month.toString());
        return previous == null
                ? start.text(null).hex()
                : start.text(previous.month().toString())
                        .number(previous.seals())
                        .text(previous.hash())
                        .hex();
    }

    String start() {
        return start(month, previous);
    }
}
