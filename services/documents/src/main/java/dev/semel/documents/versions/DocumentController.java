package dev.semel.documents.versions;

import dev.semel.Write;
import dev.semel.documents.content.SentContent;
import dev.semel.spring.Gate;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import dev.semel.spring.web.PathIds;
import dev.semel.spring.web.TenantReads;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The routes of documents. */
@RestController
@RequestMapping("/api/documents")
public final class DocumentController {
    private final CreateDocument createDocument;
    private final Versioning versioning;
    private final DocumentTable documents;
    private final TenantReads reads;

    /** Serves the handlers and the table. */
    public DocumentController(
            CreateDocument createDocument, Versioning versioning, DocumentTable documents, TenantReads reads) {
        this.createDocument = createDocument;
        this.versioning = versioning;
        this.documents = documents;
        this.reads = reads;
    }

    /** Creates a document with its first version. */
    @PostMapping
    @Gate("createDocument")
    public Document create(@RequestBody NewDocument body, SentContent content, Write<NewDocument> write)
            throws SQLException {
        return createDocument.handle(content, write);
    }

    /** Makes a version the active one. */
    @PutMapping("/{id}/active-version")
    @Gate("setActiveVersion")
    public Document activate(
            @PathVariable String id, @RequestBody NewActiveVersion body, Write<NewActiveVersion> write) {
        return versioning.activate(id, write);
    }

    /** The documents, in the order of their creation. */
    @GetMapping
    public Page<Document> list(
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        PageRequest page = new PageRequest(limit, cursor);
        return reads.read(request, tenant -> documents.page(tenant, page));
    }

    /** One document. */
    @GetMapping("/{id}")
    public Document get(@PathVariable String id, HttpServletRequest request) {
        return reads.read(
                request,
                tenant -> documents
                        .find(tenant, PathIds.parse(id, "document"))
                        .orElseThrow(() -> PathIds.notFound("document")));
    }
}
