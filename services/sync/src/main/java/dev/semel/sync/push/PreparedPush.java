package dev.semel.sync.push;

import dev.semel.RejectedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A push that breaks no rule by itself, with its contents in the store. An argument of gated methods: it is made before their
 * transaction begins. Immutable.
 *
 * @param payloadHash tells the same push from another
 * @param refusal why it cannot be: told inside the write, so that a retry of what has been done is answered, whatever has become of its
 *     contents since; null if it can be
 */
public record PreparedPush(
        PushRequest request,
        List<PreparedOp> ops,
        String payloadHash,
        @Nullable RejectedException refusal) {
    /** Copies the ops. */
    public PreparedPush {
        ops = List.copyOf(ops);
    }

    /** One that cannot be. */
    static PreparedPush refused(PushRequest request, RejectedException refusal) {
        return new PreparedPush(request, List.of(), "", refusal);
    }

    /** The files that it is about. */
    List<String> fileIds() {
        return ops.stream().map(PreparedOp::fileId).toList();
    }
}
