package dev.semel.sync.pull;

import java.util.UUID;

/**
 * How far a client has come. Immutable.
 *
 * @param epoch of the feed when it was given out
 * @param seq the number of the last change that was seen
 * @param ord which of that change's files was the last
 * @param through the number of the last change that this checkpoint brings; equal to {@code seq} at its end
 * @param stamp of the change at {@code seq}: after a backup was restored, that number may be another change's
 */
record Cursor(UUID epoch, long seq, int ord, long through, long stamp) {
    /** Behind the last file of a change. */
    static final int END = Integer.MAX_VALUE;

    /** Whether the checkpoint has been brought to its end. */
    boolean isComplete() {
        return ord == END && seq == through;
    }
}
