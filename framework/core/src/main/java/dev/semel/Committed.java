package dev.semel;

import java.time.Duration;

/**
 * How a call ended well.
 *
 * @param replayed whether an earlier execution was answered again
 * @param events how many events the write emitted; 0 for a replay
 * @param duration from the call to its answer
 */
public record Committed(boolean replayed, int events, Duration duration) {}
