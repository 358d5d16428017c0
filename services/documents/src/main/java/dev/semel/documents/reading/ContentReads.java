package dev.semel.documents.reading;

import dev.semel.RejectedException;
import dev.semel.documents.blob.Blobs;
import dev.semel.documents.content.Content;
import dev.semel.documents.versions.Document;
import dev.semel.documents.versions.DocumentTable;
import dev.semel.documents.versions.Version;
import dev.semel.documents.versions.VersionTable;
import dev.semel.spring.web.PathIds;
import dev.semel.spring.web.TenantReads;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Finds and opens the content of versions. Thread-safe. */
public final class ContentReads {
    private final DocumentTable documents;
    private final VersionTable versions;
    private final TenantReads reads;
    private final Blobs blobs;

    /** Reads these. */
    public ContentReads(DocumentTable documents, VersionTable versions, TenantReads reads, Blobs blobs) {
        this.documents = documents;
        this.versions = versions;
        this.reads = reads;
        this.blobs = blobs;
    }

    /**
     * The content of the version that is chosen of the request's document, in a transaction of its own, which is over then.
     *
     * @param id the document's, as the path has it
     * @throws RejectedException if there is no such document or version, or it is deleted
     */
    FoundContent find(HttpServletRequest request, String id, ToLongFunction<Document> choice) {
        return reads.read(request, tenant -> {
            Document document = documents
                    .find(tenant, PathIds.parse(id, "document"))
                    .orElseThrow(() -> PathIds.notFound("document"));
            Version version = versions.find(tenant, document.id(), choice.applyAsLong(document))
                    .orElseThrow(() -> PathIds.notFound("version"));
            if (version.deleted()) {
                throw RejectedException.notFound("This version is deleted; restore it to read it.");
            }
            return new FoundContent(tenant, version, small(tenant, version));
        });
    }

    private Optional<byte[]> small(String tenant, Version version) {
        return version.size() > Content.Small.MAX_BYTES
                ? Optional.empty()
                : versions.smallContent(tenant, version.documentId(), version.version());
    }

    /**
     * Opens the content. Never inside a transaction.
     *
     * @throws UnreadableContentException if it is not there, or the store cannot be reached
     */
    InputStream open(FoundContent found) {
        try {
            return found.open(blobs);
        } catch (IOException e) {
            throw new UnreadableContentException(found.version(), e);
        }
    }
}
