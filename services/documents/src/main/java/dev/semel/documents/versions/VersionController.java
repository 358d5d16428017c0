package dev.semel.documents.versions;

import dev.semel.Write;
import dev.semel.documents.content.SentContent;
import dev.semel.spring.Gate;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import dev.semel.spring.web.PathIds;
import dev.semel.spring.web.TenantReads;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The routes of a document's versions. */
@RestController
@RequestMapping("/api/documents/{id}/versions")
public final class VersionController {
    private final CreateDocumentVersion createDocumentVersion;
    private final Versioning versioning;
    private final DocumentTable documents;
    private final VersionTable versions;
    private final TenantReads reads;

    /** Serves the handlers and the tables. */
    public VersionController(
            CreateDocumentVersion createDocumentVersion,
            Versioning versioning,
            DocumentTable documents,
            VersionTable versions,
            TenantReads reads) {
        this.createDocumentVersion = createDocumentVersion;
        this.versioning = versioning;
        this.documents = documents;
        this.versions = versions;
        this.reads = reads;
    }

    /** Appends a version. */
    @PostMapping
    @Gate("createDocumentVersion")
    public Version create(
            @PathVariable String id, @RequestBody NewVersion body, SentContent content, Write<NewVersion> write) {
        return createDocumentVersion.handle(id, content, write);
    }

    /** Deletes a version. */
    @DeleteMapping("/{number}")
    @Gate("deleteDocumentVersion")
    public Version delete(@PathVariable String id, @PathVariable String number, Write<DeleteVersion> write) {
        return versioning.delete(id, number, write);
    }

    /** Restores a deleted version. */
    @PostMapping("/{number}/restore")
    @Gate("restoreDocumentVersion")
    public Version restore(@PathVariable String id, @PathVariable String number, Write<RestoreVersion> write) {
        return versioning.restore(id, number, write);
    }

    /** The document's versions, in their order; deleted ones as well. */
    @GetMapping
    public Page<Version> list(
            @PathVariable String id,
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        PageRequest page = new PageRequest(limit, cursor);
        UUID document = PathIds.parse(id, "document");
        return reads.read(
                request,
                tenant -> documents
                        .find(tenant, document)
                        .map(found -> versions.page(tenant, found.id(), page))
                        .orElseThrow(() -> PathIds.notFound("document")));
    }

    /** One version, deleted or not. */
    @GetMapping("/{number}")
    public Version get(@PathVariable String id, @PathVariable String number, HttpServletRequest request) {
        UUID document = PathIds.parse(id, "document");
        long version = VersionNumbers.parse(number);
        return reads.read(
                request,
                tenant -> versions.find(tenant, document, version).orElseThrow(() -> PathIds.notFound("version")));
    }
}
