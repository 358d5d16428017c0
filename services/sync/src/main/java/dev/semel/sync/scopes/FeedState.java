package dev.semel.sync.scopes;

import java.util.UUID;

/**
 * How far a feed is. Immutable.
 *
 * @param epoch another one after a backup was restored
 * @param head the number of the last change; 0 if there was none
 * @param floor nobody who has seen less can catch up change by change
 */
public record FeedState(UUID epoch, long head, long floor) {}
