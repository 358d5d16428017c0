package dev.semel.sync.files;

/** What an event tells of a file that has changed on main; the rest is to be read. Immutable. */
public record FileEvent(
        String scope, String fileId, String serverPath, long version, String contentHash, boolean deleted, long head) {}
