package dev.semel.documents.versions;

import java.util.UUID;

/** What events tell of a version; the rest is to be read. Immutable. */
public record VersionEvent(UUID documentId, long version, String contentHash) {
    static VersionEvent of(Version version) {
        return new VersionEvent(version.documentId(), version.version(), version.contentHash());
    }

    static String orderingKey(UUID document) {
        return "document:" + document;
    }
}
