package dev.semel.sync.push;

import dev.semel.spring.web.StrictId;
import dev.semel.sync.scopes.Scope;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A push.
 *
 * @param scope where it goes
 * @param clientChangesetId names the push in the scope, for as long as its changeset lives
 * @param targetBranch {@code main}, as without it
 * @param message what its author says
 * @param ops 1 to 1,000, each of another file
 * @param allowBehind whether a proposal is taken whose bases are not main's any more; such files are flagged
 * @param validateOnly whether nothing is to be written
 * @param changesetId an open changeset of the same author that this is the next revision of; null for a new one
 * @param supersedes an open changeset of the same author whose place a new one takes
 */
public record PushRequest(
        @NotNull @Pattern(regexp = Scope.SHAPE, message = Scope.MESSAGE)
        String scope,

        @Nullable @Pattern(regexp = "[!-~]{0,200}", message = "must have up to 200 visible ASCII characters")
        String clientChangesetId,

        @Nullable @Pattern(regexp = "main", message = "must be main")
        String targetBranch,

        @Nullable @Pattern(regexp = MESSAGE, message = "must have up to 2000 characters")
        String message,

        @NotNull List<@NotNull @Valid PushOp> ops,
        @Nullable Boolean allowBehind,
        @Nullable Boolean validateOnly,
        @Nullable @JsonDeserialize(using = StrictId.class) UUID changesetId,
        @Nullable @JsonDeserialize(using = StrictId.class) UUID supersedes) {
    /** Several lines of anything that a database's text can hold. */
    public static final String MESSAGE = "[^\\x00\\p{Cs}]{0,2000}";

    /** The only branch that there is. */
    public static final String BRANCH = "main";

    /** One without all that few pushes have. */
    public static PushRequest of(String scope, @Nullable String clientChangesetId, List<PushOp> ops) {
        return new PushRequest(scope, clientChangesetId, BRANCH, null, ops, null, null, null, null);
    }

    boolean allowsBehind() {
        return Boolean.TRUE.equals(allowBehind);
    }

    boolean onlyValidates() {
        return Boolean.TRUE.equals(validateOnly);
    }

    /** Without messages, paths and contents. */
    @Override
    public String toString() {
        return "PushRequest[" + scope + " " + clientChangesetId + "]";
    }
}
