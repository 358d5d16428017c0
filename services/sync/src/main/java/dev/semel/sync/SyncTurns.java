package dev.semel.sync;

import dev.semel.sync.push.PushOp;
import dev.semel.sync.push.PushRequest;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * What calls wait for, so that they do it without a connection. Files are changed side by side, and only for a scope's counter
 * everybody waits, for as long as a commit takes: to have all that goes to a scope pass one by one would hold up the many for the few.
 */
final class SyncTurns {
    private SyncTurns() {}

    /** The changeset that it revises or takes the place of; else the scope's paths, if any is given or taken for certain; else the first file. */
    static String push(PushRequest push, Map<String, String> variables) {
        UUID changeset = push.changesetId() != null ? push.changesetId() : push.supersedes();
        if (changeset != null) {
            return changeset(changeset.toString());
        }
        boolean moves = push.ops().stream()
                .anyMatch(op -> op.baseVersion() == 0 || !op.type().equals("upsert"));
        return moves ? paths(push.scope()) : "file/" + push.scope() + "/" + first(push);
    }

    private static String first(PushRequest push) {
        return push.ops().stream()
                .map(PushOp::fileId)
                .min(Comparator.naturalOrder())
                .orElse("");
    }

    private static String paths(String scope) {
        return "paths/" + scope;
    }

    /** The changeset's row. */
    static String changeset(Object payload, Map<String, String> variables) {
        return changeset(String.valueOf(variables.get("id")));
    }

    private static String changeset(String id) {
        return "changeset/" + id.toLowerCase(Locale.ROOT);
    }
}
