package dev.semel.documents.versions;

import dev.semel.RejectedException;
import dev.semel.UnavailableException;
import dev.semel.documents.content.Content;
import dev.semel.spring.web.Collisions;
import java.sql.SQLException;
import org.springframework.dao.DataIntegrityViolationException;

/** Inserts versions, and says why their content is not there. Thread-safe. */
final class VersionMaking {
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final VersionTable versions;

    VersionMaking(VersionTable versions) {
        this.versions = versions;
    }

    /** Content that is absent stops no late retry: it is answered from what it has made when it was there. */
    Version insert(String tenant, VersionRow row, Content content) {
        if (content instanceof Content.Absent) {
            throw versions.findById(tenant, row.id()).isPresent() ? Collisions.doneBefore() : unknown();
        }
        try {
            return versions.insert(tenant, row, content)
                    .orElseThrow(() -> missing(content, new IllegalStateException("no row")));
        } catch (DataIntegrityViolationException e) {
            throw isForeignKey(e) ? missing(content, e) : e;
        }
    }

    /** What this request itself has put was collected since: a request that is sent again puts it again. */
    private static RuntimeException missing(Content content, RuntimeException cause) {
        return content instanceof Content.Named
                ? unknown()
                : new UnavailableException("The content has been collected meanwhile.", cause);
    }

    private static RejectedException unknown() {
        return RejectedException.rule(
                "CONTENT_UNKNOWN", "There is no content of this hash: put it with PUT /api/blobs/{hash} first.");
    }

    private static boolean isForeignKey(DataIntegrityViolationException failure) {
        return failure.getCause() instanceof SQLException e && FOREIGN_KEY_VIOLATION.equals(e.getSQLState());
    }
}
