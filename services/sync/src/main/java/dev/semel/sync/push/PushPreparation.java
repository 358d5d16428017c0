package dev.semel.sync.push;

import dev.semel.InvalidPayloadException;
import dev.semel.InvalidPayloadException.Violation;
import dev.semel.documents.content.ContentHash;
import dev.semel.sync.content.ContentIntake;
import dev.semel.sync.content.PutContents;
import dev.semel.sync.content.PutContents.Found;
import dev.semel.sync.content.TextContent;
import dev.semel.sync.push.OpResult.Status;
import dev.semel.sync.text.ContentBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes a push ready for its transaction: names, texts and hashes are checked, and contents stored. Thread-safe. */
public final class PushPreparation {
    private final ContentIntake intake;
    private final PutContents put;

    /** Stores by the one, and finds by the other. */
    public PushPreparation(ContentIntake intake, PutContents put) {
        this.intake = intake;
        this.put = put;
    }

    /**
     * Checks all ops, and stores their contents unless the push is only to be validated.
     *
     * @throws InvalidPayloadException if names or texts break a rule
     * @throws dev.semel.RejectedException if a content is not what its hash says, or is not there
     */
    public PreparedPush prepare(String tenant, PushRequest request) {
        List<ReadOp> ops = PushReading.read(request);
        Map<String, Found> found = put.find(
                tenant,
                ops.stream()
                        .filter(op -> op.content() == null)
                        .map(ReadOp::contentHash)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList());
        requireFit(ops, found);
        PushRefusals.requireAllGood(ops.stream().map(op -> result(op, found)).toList());
        return new PreparedPush(
                request,
                ops.stream().map(op -> prepared(tenant, request, op, found)).toList(),
                PushKeying.hash(request, ops),
                null);
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

    private PreparedOp prepared(String tenant, PushRequest request, ReadOp op, Map<String, Found> found) {
        return new PreparedOp(
                op.fileId().text(),
                op.op().baseVersion(),
                op.op().baseHash(),
                op.path(),
                content(tenant, request, op, found));
    }

    private @Nullable TextContent content(String tenant, PushRequest request, ReadOp op, Map<String, Found> found) {
        ContentBytes content = op.content();
        if (content == null) {
            return found.get(String.valueOf(op.contentHash())) instanceof Found.Text text ? text.content() : null;
        }
        return request.onlyValidates()
                ? new TextContent(content.hash(), content.size(), null)
                : intake.take(tenant, content);
    }
}
