package dev.semel.sync.pull;

import java.util.UUID;

/**
 * How far a client has come. Immutable.
 *
 * @param epoch of the feed when it was given out
 * @param seq the number of the last change that was seen
 * @param ord which of that change's files was the last
 * @param through the number of the last change that this checkpoint brings; equal to {@code seq} at its end
 * @param from the number of the last change that was seen before this checkpoint; {@link #NOTHING} if it brings all
 * @param stamp of the change at {@code seq}: after a backup was restored, that number may be another change's
 */
record Cursor(UUID epoch, long seq, int ord, long through, long from, long stamp) {
    /** Behind the last file of a change. */
    static final int END = Integer.MAX_VALUE;

    /** Of a client that begins with no cursor. */
    static final long NOTHING = -1;

    /** Where a checkpoint ends. */
    static Cursor end(UUID epoch, long seq, long stamp) {
        return new Cursor(epoch, seq, END, seq, seq, stamp);
    }

    /**
     * Whether something has been forgotten that this client has not seen. Who begins with nothing misses no deletion: he has to
     * begin anew only if the end of his checkpoint cannot be told any more.
     */
    boolean isBelow(long floor) {
        return (from == NOTHING ? through : from) < floor;
    }

    /** Whether the checkpoint has been brought to its end. */
    boolean isComplete() {
        return ord == END && seq == through;
    }
}
