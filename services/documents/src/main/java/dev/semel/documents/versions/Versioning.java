package dev.semel.documents.versions;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.documents.versions.ChangeTable.Kind;
import dev.semel.spring.web.Collisions;
import dev.semel.spring.web.PathIds;

/**
 * Makes versions active, deletes and restores them. Writes on one document wait for each other. A deletion hides content and keeps
 * it; the active version is never deleted.
 */
public final class Versioning {
    /** Emitted with a {@link VersionEvent} when another version becomes the active one. */
    public static final String ACTIVATED = "document.version.activated";

    /** Emitted with a {@link VersionEvent} when a version is deleted that was not. */
    public static final String DELETED = "document.version.deleted";

    /** Emitted with a {@link VersionEvent}. */
    public static final String RESTORED = "document.version.restored";

    private final DocumentTable documents;
    private final VersionTable versions;
    private final ChangeTable changes;

    /** Writes into those tables. */
    public Versioning(DocumentTable documents, VersionTable versions, ChangeTable changes) {
        this.documents = documents;
        this.versions = versions;
        this.changes = changes;
    }

    /**
     * Makes a version the active one, which it may be already.
     *
     * @param id the document's, as the path has it
     * @throws RejectedException if there is no such document or version, or the version is deleted
     */
    public Document activate(String id, Write<NewActiveVersion> write) {
        Document document = lock(id, write);
        Version version = version(document, write.payload().version(), write);
        if (version.deleted()) {
            throw refusal(write, "VERSION_DELETED", "This version is deleted: restore it first.");
        }
        if (document.activeVersion() != version.version()) {
            write.emit(ACTIVATED, VersionEvent.orderingKey(document.id()), VersionEvent.of(version));
        }
        note(write, version, Kind.ACTIVATED);
        return documents.activate(write.tenant(), document.id(), version.version());
    }

    /**
     * Deletes a version, which it may be already.
     *
     * @param id the document's, as the path has it
     * @param number the version's, as the path has it
     * @throws RejectedException if there is no such document or version, or it is the active one
     */
    public Version delete(String id, String number, Write<DeleteVersion> write) {
        Document document = lock(id, write);
        Version version = version(document, VersionNumbers.parse(number), write);
        if (document.activeVersion() == version.version()) {
            throw refusal(write, "VERSION_ACTIVE", "This version is the active one: make another one active first.");
        }
        if (!version.deleted()) {
            write.emit(DELETED, VersionEvent.orderingKey(document.id()), VersionEvent.of(version));
        }
        note(write, version, Kind.DELETED);
        return versions.setDeleted(write.tenant(), document.id(), version.version(), true);
    }

    /**
     * Restores a version that is deleted.
     *
     * @param id the document's, as the path has it
     * @param number the version's, as the path has it
     * @throws RejectedException if there is no such document or version, or it is not deleted
     */
    public Version restore(String id, String number, Write<RestoreVersion> write) {
        Document document = lock(id, write);
        Version version = version(document, VersionNumbers.parse(number), write);
        if (!version.deleted()) {
            throw refusal(write, "VERSION_NOT_DELETED", "This version is not deleted.");
        }
        write.emit(RESTORED, VersionEvent.orderingKey(document.id()), VersionEvent.of(version));
        note(write, version, Kind.RESTORED);
        return versions.setDeleted(write.tenant(), document.id(), version.version(), false);
    }

    private Document lock(String id, Write<?> write) {
        return documents
                .lock(write.tenant(), PathIds.parse(id, "document"))
                .orElseThrow(() -> PathIds.notFound("document"));
    }

    private Version version(Document document, long number, Write<?> write) {
        VersionLog.note(write, document.id(), number);
        return versions.find(write.tenant(), document.id(), number).orElseThrow(() -> PathIds.notFound("version"));
    }

    private void note(Write<?> write, Version version, Kind kind) {
        changes.insert(write, version.documentId(), version.version(), kind);
    }

    /** A late retry is no conflict with what has happened since its write. */
    private RuntimeException refusal(Write<?> write, String code, String message) {
        return changes.isDone(write) ? Collisions.doneBefore() : RejectedException.conflict(code, message);
    }
}
