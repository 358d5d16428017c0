package dev.semel.sync.pull;

import java.util.UUID;

/**
 * How a scope is. Immutable.
 *
 * @param epoch of its cursors
 * @param head the number of main's last change
 * @param floor cursors of a smaller number are too old
 * @param files live on main
 * @param openChangesets that can still be decided on or published
 */
public record SyncStatus(
        String scope, String mode, UUID epoch, long head, long floor, long files, long openChangesets) {}
