package dev.semel.sync;

import dev.semel.sync.push.PushOp;
import dev.semel.sync.push.PushRequest;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;

/**
 * What calls wait for, so that they do it without a connection. Files are changed side by side, and only for a scope's counter
 * everybody waits, for as long as a commit takes: to have all that goes to a scope pass one by one would hold up the many for the few.
 */
final class SyncTurns {
    private SyncTurns() {}

    /** The scope's paths, if any is given or taken for certain; else the first file that it locks. */
    static String push(PushRequest push, Map<String, String> variables) {
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
        return "changeset/" + String.valueOf(variables.get("id")).toLowerCase(Locale.ROOT);
    }
}
