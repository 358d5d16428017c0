package dev.semel.sync.push;

import dev.semel.sync.files.PathProblem;
import dev.semel.sync.files.PathTable;
import dev.semel.sync.files.SyncFile;
import dev.semel.sync.push.OpResult.Status;
import dev.semel.sync.text.SyncPath;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares a push with main. Thread-safe. */
final class PushCheck {
    private final PathTable paths;

    PushCheck(PathTable paths) {
        this.paths = paths;
    }

    /**
     * What would become of each op, if nobody changed main any more.
     *
     * @param files as main has them
     */
    List<OpResult> results(String tenant, PreparedPush push, Map<String, SyncFile> files) {
        List<SyncPath> given = push.ops().stream()
                .filter(op -> givesPath(op, files.get(op.fileId())))
                .map(PreparedOp::path)
                .filter(Objects::nonNull)
                .toList();
        Map<SyncPath, PathProblem> problems =
                paths.problems(tenant, push.request().scope(), given, push.fileIds());
        return push.ops().stream()
                .map(op -> result(op, files.get(op.fileId()), problems))
                .toList();
    }

    /** Whether the op gives a file a path that it does not have. */
    static boolean givesPath(PreparedOp op, @Nullable SyncFile file) {
        SyncPath path = op.path();
        return path != null && (file == null || file.isDeleted() || !file.path().equals(path.text()));
    }

    /** Whether the op gives or takes a path: then the scope's paths have to stand still. */
    static boolean movesPath(PreparedOp op, @Nullable SyncFile file) {
        return op.isDelete() || givesPath(op, file);
    }

    private static OpResult result(PreparedOp op, @Nullable SyncFile file, Map<SyncPath, PathProblem> problems) {
        long serverVersion = file == null ? 0 : file.version();
        if (op.isDelete() && file == null) {
            return OpResult.of(op.fileId(), Status.NOT_FOUND, serverVersion);
        }
        if (!op.hasSeen(file)) {
            return OpResult.of(op.fileId(), Status.CONFLICT, serverVersion);
        }
        if (op.isDelete() && file != null && file.isDeleted()) {
            return OpResult.of(op.fileId(), Status.NOT_FOUND, serverVersion);
        }
        PathProblem problem = op.path() == null ? null : problems.get(op.path());
        if (problem != null) {
            return OpResult.of(op.fileId(), Status.valueOf(problem.name()), serverVersion);
        }
        return OpResult.of(op.fileId(), Status.OK, serverVersion);
    }
}
