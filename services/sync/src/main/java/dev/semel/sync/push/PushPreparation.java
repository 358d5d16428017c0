package dev.semel.sync.push;

import dev.semel.InvalidPayloadException;
import dev.semel.InvalidPayloadException.Violation;
import dev.semel.RejectedException;
import dev.semel.documents.content.ContentHash;
import dev.semel.sync.content.ContentIntake;
import dev.semel.sync.content.PutContents;
import dev.semel.sync.content.PutContents.Found;
import dev.semel.sync.content.TextContent;
import dev.semel.sync.push.OpResult.Status;
import dev.semel.sync.text.ContentBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes a push ready for its transaction: names, texts and hashes are checked, and contents stored. Thread-safe. */
public final class PushPreparation {
    private final ContentIntake intake;
    private final PutContents put;
    private final MadePushes made;

    /** Stores by the first, finds by the second, and does neither for a push that has been done. */
    public PushPreparation(ContentIntake intake, PutContents put, MadePushes made) {
        this.intake = intake;
        this.put = put;
        this.made = made;
    }

    /**
     * Checks all ops, and stores their contents unless the push is only to be validated.
     *
     * @throws InvalidPayloadException if names or texts break a rule
     * @throws RejectedException if a content is not what its hash says, or is not there
     */
    public PreparedPush prepare(String tenant, PushRequest request) {
        List<ReadOp> ops = PushReading.read(request);
        List<String> named = named(ops);
        boolean needsStore = !named.isEmpty()
                || ops.stream()
                        .map(ReadOp::content)
                        .anyMatch(content -> content != null && ContentIntake.isStored(content));
        if (needsStore && !request.onlyValidates() && made.has(tenant, request)) {
            return PreparedPush.refused(request, goneAgain());
        }
        Map<String, Found> found = put.find(tenant, named);
        requireFit(ops, found);
        PushRefusals.requireAllGood(ops.stream().map(op -> result(op, found)).toList());
        Map<String, TextContent> contents = contents(tenant, request, ops);
        found.forEach((hash, text) -> contents.putIfAbsent(hash, ((Found.Text) text).content()));
        return new PreparedPush(
                request, ops.stream().map(op -> prepared(op, contents)).toList(), PushKeying.hash(request, ops), null);
    }

    /** Told only if what had been done is gone when the write begins. */
    private static RejectedException goneAgain() {
        return RejectedException.busy("CHANGED_MEANWHILE", "The push had been done and is gone meanwhile: ask again.");
    }

    private static List<String> named(List<ReadOp> ops) {
        return ops.stream()
                .filter(op -> op.content() == null)
                .map(ReadOp::contentHash)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** Those that came with the push, by hash. */
    private Map<String, TextContent> contents(String tenant, PushRequest request, List<ReadOp> ops) {
        List<ContentBytes> sent =
                ops.stream().map(ReadOp::content).filter(Objects::nonNull).toList();
        if (!request.onlyValidates()) {
            return intake.takeAll(tenant, sent);
        }
        Map<String, TextContent> unstored = new HashMap<>();
        sent.forEach(content -> unstored.put(content.hash(), new TextContent(content.hash(), content.size(), null)));
        return unstored;
    }

    private static void requireFit(List<ReadOp> ops, Map<String, Found> found) {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < ops.size(); i++) {
            if (ops.get(i).content() == null
                    && found.get(String.valueOf(ops.get(i).contentHash())) instanceof Found.Unfit unfit) {
                violations.add(new Violation("/ops/" + i + "/contentHash", "the content " + unfit.why()));
            }
        }
        if (!violations.isEmpty()) {
            throw InvalidPayloadException.invalid(violations);
        }
    }

    private static OpResult result(ReadOp op, Map<String, Found> found) {
        String fileId = op.fileId().text();
        if (op.content() != null) {
            return OpResult.of(fileId, isAsHashed(op, op.content()) ? Status.OK : Status.BAD_HASH, null);
        }
        String hash = op.contentHash();
        return OpResult.of(fileId, hash == null || found.containsKey(hash) ? Status.OK : Status.CONTENT_UNKNOWN, null);
    }

    /** The hash may also be the one of the text as it was sent: it has then arrived whole. */
    private static boolean isAsHashed(ReadOp op, ContentBytes content) {
        String hash = op.op().contentHash();
        return hash == null
                || hash.equals(content.hash())
                || hash.equals(asSent(op.op().content()));
    }

    private static String asSent(@Nullable String text) {
        return ContentHash.of(String.valueOf(text).getBytes(StandardCharsets.UTF_8));
    }

    private static PreparedOp prepared(ReadOp op, Map<String, TextContent> contents) {
        ContentBytes content = op.content();
        String hash = content != null ? content.hash() : op.contentHash();
        return new PreparedOp(
                op.fileId().text(),
                op.op().baseVersion(),
                op.op().baseHash(),
                op.path(),
                hash == null ? null : contents.get(hash));
    }
}
