package dev.semel.outbox;

/** Where events go. Implementations are thread-safe. */
public sealed interface Sink permits EventSink, BatchSink, DatabaseSink {}
