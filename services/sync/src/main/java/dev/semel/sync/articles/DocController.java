package dev.semel.sync.articles;

import dev.semel.Write;
import dev.semel.spring.CallerResolver;
import dev.semel.spring.CurrentRequest;
import dev.semel.spring.Gate;
import dev.semel.spring.ProblemCode;
import dev.semel.spring.ProblemWriter;
import dev.semel.spring.web.TenantReads;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The routes of single articles. */
@RestController
@RequestMapping("/api/docs/{jrn}")
public final class DocController {
    private static final ProblemCode VERSION_REQUIRED = new ProblemCode(
            "PRECONDITION_REQUIRED", HttpStatus.PRECONDITION_REQUIRED, "The request states no version.", false);

    private final EditDocs edits;
    private final DocReads docs;
    private final TenantReads reads;
    private final CallerResolver callers;
    private final ProblemWriter problems;

    /** Serves these. */
    public DocController(
            EditDocs edits, DocReads docs, TenantReads reads, CallerResolver callers, ProblemWriter problems) {
        this.edits = edits;
        this.docs = docs;
        this.reads = reads;
        this.callers = callers;
        this.problems = problems;
    }

    /** An article with its content, and its version as the entity tag; of a deleted file of sync its tombstone. */
    @GetMapping
    public ResponseEntity<ReadDoc> get(
            @PathVariable String jrn,
            @RequestParam(required = false) @Nullable String scope,
            HttpServletRequest request) {
        String tenant = callers.resolve(request, CurrentRequest.id(request)).tenant();
        DocReads.Found found = reads.read(request, same -> docs.find(same, jrn, scope));
        return ResponseEntity.ok().eTag("\"" + found.doc().version() + "\"").body(docs.complete(tenant, found));
    }

    /** Edits an article. */
    @PutMapping
    @ResponseStatus(HttpStatus.OK)
    @Gate("putDoc")
    public Doc put(
            @PathVariable String jrn,
            @RequestParam(required = false) @Nullable String scope,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody PutDoc body,
            PreparedDoc prepared,
            Write<PutDoc> write) {
        return edits.put(jrn, scope, ifMatch, prepared, write);
    }

    /** Deletes an article. */
    @DeleteMapping
    @Gate("deleteDoc")
    public DeletedDoc delete(
            @PathVariable String jrn,
            @RequestParam(required = false) @Nullable String scope,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Write<DeleteDoc> write) {
        return edits.delete(jrn, scope, ifMatch, write);
    }

    @ExceptionHandler
    void versionRequired(VersionRequiredException missing, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        problems.write(request, response, VERSION_REQUIRED, String.valueOf(missing.getMessage()));
    }
}
