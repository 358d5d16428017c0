package dev.semel.sync.push;

import dev.semel.InvalidPayloadException;
import dev.semel.InvalidPayloadException.Violation;
import dev.semel.documents.content.ContentHash;
import dev.semel.sync.content.PushedText;
import dev.semel.sync.text.Checked;
import dev.semel.sync.text.ContentBytes;
import dev.semel.sync.text.FileId;
import dev.semel.sync.text.PathCollisions;
import dev.semel.sync.text.SyncPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the ops of one push and finds all that is wrong with their names and texts. Used once, by one thread. */
final class PushReading {
    /** Most ops of a push. */
    static final int MAX_OPS = 1_000;

    private final List<Violation> violations = new ArrayList<>();
    private final List<ReadOp> ops = new ArrayList<>();

    private PushReading() {}

    /**
     * The ops, in their order.
     *
     * @throws InvalidPayloadException with all that is wrong
     */
    static List<ReadOp> read(PushRequest request) {
        if (request.ops().size() > MAX_OPS) {
            throw InvalidPayloadException.tooLarge("At most " + MAX_OPS + " ops are taken.");
        }
        if (request.ops().isEmpty()) {
            throw InvalidPayloadException.invalid("/ops", "must have at least one op");
        }
        PushReading reading = new PushReading();
        if (request.changesetId() != null && request.supersedes() != null) {
            reading.violations.add(new Violation(
                    "/supersedes", "a push revises a changeset, or takes the place of one, and not both"));
        }
        for (int i = 0; i < request.ops().size(); i++) {
            reading.read(request.ops().get(i), "/ops/" + i);
        }
        reading.requireFilesApart();
        reading.requirePathsApart();
        if (!reading.violations.isEmpty()) {
            throw InvalidPayloadException.invalid(reading.violations);
        }
        return List.copyOf(reading.ops);
    }

    private void read(PushOp op, String pointer) {
        FileId fileId = take(FileId.parse(op.fileId()), pointer + "/fileId");
        SyncPath path = op.isUpsert() ? path(op.serverPath(), pointer + "/serverPath") : null;
        ContentBytes content = content(op, pointer);
        if (op.baseVersion() == 0 && op.baseHash() != null) {
            violations.add(new Violation(pointer + "/baseHash", "a file without a base has no hash of it"));
        }
        if (fileId != null) {
            ops.add(new ReadOp(op, fileId, path, content));
        }
    }

    private @Nullable SyncPath path(@Nullable String text, String pointer) {
        if (text == null) {
            violations.add(new Violation(pointer, "is required"));
            return null;
        }
        return take(SyncPath.parse(text), pointer);
    }

    private @Nullable ContentBytes content(PushOp op, String pointer) {
        String text = op.content();
        String hash = op.contentHash();
        if (!op.isUpsert()) {
            if (text != null) {
                violations.add(new Violation(pointer + "/content", "a delete has no content"));
            }
            return null;
        }
        if (text == null) {
            if (hash == null || !ContentHash.fits(hash)) {
                violations.add(new Violation(
                        pointer + "/content", "is required, or contentHash to name content that was put before"));
            }
            return null;
        }
        return PushedText.read(text, pointer + "/content", violations).orElse(null);
    }

    private <T> @Nullable T take(Checked<T> checked, String pointer) {
        checked.refusal().map(refusal -> PushedText.violation(refusal, pointer)).ifPresent(violations::add);
        return checked.value().orElse(null);
    }

    private void requireFilesApart() {
        Set<FileId> seen = new HashSet<>();
        for (int i = 0; i < ops.size(); i++) {
            if (!seen.add(ops.get(i).fileId())) {
                violations.add(new Violation("/ops/" + i + "/fileId", "is the file of another op as well"));
            }
        }
    }

    private void requirePathsApart() {
        List<SyncPath> paths =
                ops.stream().map(ReadOp::path).filter(Objects::nonNull).toList();
        Set<SyncPath> colliding = new HashSet<>();
        PathCollisions.among(paths).forEach(pair -> colliding.add(pair.path()));
        for (int i = 0; i < ops.size(); i++) {
            if (colliding.contains(ops.get(i).path())) {
                violations.add(
                        new Violation("/ops/" + i + "/serverPath", "PATH_COLLISION: collides with another op's path"));
            }
        }
    }
}
