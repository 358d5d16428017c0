package dev.semel.internal.lease;

import java.util.UUID;

/** One acquisition of a target. */
record Holding(Target target, UUID holder, long fence) {}
