package dev.semel.sync.push;

import dev.semel.KeyRule;
import dev.semel.documents.content.ContentHash;
import dev.semel.sync.text.HashedPush;
import dev.semel.sync.text.PayloadHash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A push is named by its client's changeset id, in its scope; the order of its ops does not matter. Thread-safe. */
public final class PushKeying implements KeyRule.Keying<PushRequest> {
    /** For the operation's declaration. */
    public PushKeying() {}

    @Override
    public @Nullable String key(PushRequest push) {
        String id = push.clientChangesetId();
        return id == null || id.isEmpty() ? null : "sync-push-" + ContentHash.of(push.scope() + "\n" + id);
    }

    /** @throws dev.semel.InvalidPayloadException if names or texts break a rule */
    @Override
    public byte[] canonical(PushRequest push) {
        return hash(push, PushReading.read(push)).getBytes(StandardCharsets.US_ASCII);
    }

    /** The payload's hash, as it is stored with the revision. */
    static String hash(PushRequest push, List<ReadOp> ops) {
        String hash = PayloadHash.of(
                new HashedPush(push.scope(), PushRequest.BRANCH, push.message(), push.allowsBehind()),
                ops.stream().map(ReadOp::hashed).toList());
        UUID revised = push.changesetId();
        UUID superseded = push.supersedes();
        String bases = bases(ops);
        return revised == null && superseded == null && bases.isEmpty()
                ? hash
                : ContentHash.of(hash + "\n" + revised + "\n" + superseded + bases);
    }

    /** A push of the same from another base is another one. */
    private static String bases(List<ReadOp> ops) {
        return ops.stream()
                .filter(op -> op.op().baseHash() != null)
                .map(op -> "\n" + op.fileId().text() + "\t" + op.op().baseHash())
                .sorted()
                .collect(Collectors.joining());
    }
}
