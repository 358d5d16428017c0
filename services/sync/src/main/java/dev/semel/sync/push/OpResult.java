package dev.semel.sync.push;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one op. Immutable.
 *
 * @param status {@code ok} or why not
 * @param newVersion of the file on main, if it is published
 * @param serverVersion of the file on main before; 0 if it is not there
 */
public record OpResult(
        String fileId,
        String status,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long newVersion,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long serverVersion) {
    /** What can become of an op. */
    enum Status {
        /** It is done, or proposed. */
        OK,
        /** Main has not what the client has seen: another version, or another content under the same number. */
        CONFLICT,
        /** There is no such file to delete. */
        NOT_FOUND,
        /** Another file has the path, or is in the way of its folders. */
        PATH_TAKEN,
        /** Another file's path differs in case or spelling only. */
        CASE_COLLISION,
        /** The content is not what its hash says. */
        BAD_HASH,
        /** There is no content of this hash in the store. */
        CONTENT_UNKNOWN;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static OpResult of(String fileId, Status status, @Nullable Long serverVersion) {
        return new OpResult(fileId, status.text(), null, serverVersion);
    }

    static OpResult published(String fileId, long serverVersion) {
        return new OpResult(fileId, Status.OK.text(), serverVersion + 1, serverVersion);
    }

    boolean is(Status wanted) {
        return status.equals(wanted.text());
    }
}
