package dev.semel.documents.versions;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.documents.content.SentContent;
import dev.semel.spring.web.Collisions;
import dev.semel.spring.web.PathIds;
import java.util.Optional;
import java.util.UUID;

/**
 * Appends a version to a document. It is not active before it is made so. Writes on one document wait for each other; those on
 * different ones do not.
 */
public final class CreateDocumentVersion {
    /** Emitted with a {@link VersionEvent}. */
    public static final String EVENT = "document.version.created";

    private final DocumentTable documents;
    private final VersionTable versions;
    private final VersionMaking making;

    /** Writes into those tables. */
    public CreateDocumentVersion(DocumentTable documents, VersionTable versions) {
        this.documents = documents;
        this.versions = versions;
        this.making = new VersionMaking(versions);
    }

    /**
     * The body of the write.
     *
     * @param id the document's, as the path has it
     * @throws RejectedException if there is no such document or content, or the client's last version is not the last one
     */
    public Version handle(String id, SentContent sent, Write<NewVersion> write) {
        String tenant = write.tenant();
        UUID document = PathIds.parse(id, "document");
        Document before = documents.lock(tenant, document).orElseThrow(() -> PathIds.notFound("document"));
        requireBase(before, write);
        VersionLog.note(write, document, before.lastVersion() + 1);
        VersionRow row = new VersionRow(
                document,
                documents.append(tenant, document),
                write.resultId(),
                type(before, sent, tenant),
                write.caller().user());
        Version made = making.insert(tenant, row, sent.content());
        write.emit(EVENT, VersionEvent.orderingKey(document), VersionEvent.of(made));
        return made;
    }

    private void requireBase(Document before, Write<NewVersion> write) {
        Long base = write.payload().baseVersion();
        if (base == null || base == before.lastVersion()) {
            return;
        }
        Optional<Version> made = versions.findById(write.tenant(), write.resultId());
        VersionLog.note(write, before.id(), made.map(Version::version).orElse(before.lastVersion() + 1));
        throw made.isPresent()
                ? Collisions.doneBefore()
                : RejectedException.conflict(
                        "VERSION_CONFLICT",
                        "The last version is " + before.lastVersion() + ", and not the base version of this request.");
    }

    private String type(Document before, SentContent sent, String tenant) {
        return sent.type() != null
                ? sent.type()
                : versions.find(tenant, before.id(), before.lastVersion())
                        .orElseThrow(() -> PathIds.notFound("version"))
                        .contentType();
    }
}
