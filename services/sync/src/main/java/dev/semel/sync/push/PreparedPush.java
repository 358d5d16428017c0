package dev.semel.sync.push;

import java.util.List;

/**
 * A push that breaks no rule by itself, with its contents in the store. An argument of gated methods: it is made before their
 * transaction begins. Immutable.
 *
 * @param payloadHash tells the same push from another
 */
public record PreparedPush(PushRequest request, List<PreparedOp> ops, String payloadHash) {
    /** Copies the ops. */
    public PreparedPush {
        ops = List.copyOf(ops);
    }

    /** The files that it is about. */
    List<String> fileIds() {
        return ops.stream().map(PreparedOp::fileId).toList();
    }
}
