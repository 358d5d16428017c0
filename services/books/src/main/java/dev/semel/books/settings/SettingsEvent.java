package dev.semel.books.settings;

/** What events tell of changed settings; the rest is to be read. Immutable. */
public record SettingsEvent(long version) {}
