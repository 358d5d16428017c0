package dev.semel.sync.push;

import dev.semel.sync.files.FileTable;
import dev.semel.sync.files.PathTable;
import dev.semel.sync.files.SyncFile;
import java.util.List;
import java.util.Map;

/** Main's files as a push finds them. Thread-safe. */
final class MainState {
    private final FileTable files;
    private final PathTable paths;

    MainState(FileTable files, PathTable paths) {
        this.files = files;
        this.paths = paths;
    }

    /** The push's files as a read-only transaction sees them. */
    Map<String, SyncFile> find(String tenant, PreparedPush push) {
        return files.find(tenant, push.request().scope(), push.fileIds());
    }

    /**
     * The push's files, which nobody else changes before this transaction ends. If a path is given or taken, the scope's paths stand
     * still as well; a file that has come into being while this waited is among the files then.
     */
    Map<String, SyncFile> lock(String tenant, PreparedPush push) {
        String scope = push.request().scope();
        List<String> ids = push.fileIds();
        Map<String, SyncFile> locked = files.lock(tenant, scope, ids);
        if (push.ops().stream().noneMatch(op -> PushCheck.movesPath(op, locked.get(op.fileId())))) {
            return locked;
        }
        paths.lock(tenant, scope);
        return files.lock(tenant, scope, ids);
    }
}
