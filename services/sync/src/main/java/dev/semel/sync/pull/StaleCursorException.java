package dev.semel.sync.pull;

import java.util.Map;
import org.springframework.http.HttpStatus;

/** A cursor that leads nowhere: the client has to begin with the manifest, or with no cursor at all. */
final class StaleCursorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String scope;

    StaleCursorException(Kind kind, String scope) {
        super(kind.title);
        this.kind = kind;
        this.scope = scope;
    }

    /** Why it leads nowhere. */
    enum Kind {
        /** Nobody has given it out, for this scope. */
        CURSOR_INVALID(HttpStatus.BAD_REQUEST, "This is not a cursor of this scope."),
        /** It was given out by a history that is gone. */
        CURSOR_EPOCH_MISMATCH(HttpStatus.CONFLICT, "The server's history is another one than the cursor's."),
        /** What it has not seen is forgotten. */
        CURSOR_EXPIRED(HttpStatus.GONE, "The cursor is too old.");

        private final HttpStatus status;
        private final String title;

        Kind(HttpStatus status, String title) {
            this.status = status;
            this.title = title;
        }
    }

    HttpStatus status() {
        return kind.status;
    }

    String code() {
        return kind.name();
    }

    String detail() {
        return kind == Kind.CURSOR_INVALID
                ? kind.title
                : kind.title + " Compare with the manifest, and go on from its cursor.";
    }

    Map<String, Object> members() {
        return kind == Kind.CURSOR_INVALID ? Map.of() : Map.of("manifestUrl", "/v1/scopes/" + scope + "/manifest");
    }
}
