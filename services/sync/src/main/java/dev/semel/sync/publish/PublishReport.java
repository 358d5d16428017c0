package dev.semel.sync.publish;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What has become of each file of a changeset. A pure function of revision, decisions and main. Immutable.
 *
 * @param status of the changeset
 * @param decisionsHash of the decisions that it is about
 * @param files in the order of their paths
 * @param mainHead the number of main's last change
 */
public record PublishReport(
        UUID changesetId, String status, int revision, String decisionsHash, List<FileReport> files, long mainHead) {
    /** Copies the files. */
    public PublishReport {
        files = List.copyOf(files);
    }

    /**
     * What has become of a file.
     *
     * @param status {@code published}, {@code already_published}, {@code conflict}, {@code rejected} or {@code undecided}
     * @param conflict why it is in conflict; null if it is not
     * @param version that it has on main; null if it was not published
     */
    public record FileReport(
            String fileId,
            String serverPath,
            String status,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String conflict,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long version) {}
}
