package dev.semel.bench.sync;

import dev.semel.bench.http.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A server with what is measured on it. Thread-safe. */
public final class SyncServer {
    private final ServerProcess process;
    private final SyncClient client;
    private final String suffix;

    private SyncServer(ServerProcess process, SyncClient client, String suffix) {
        this.process = process;
        this.client = client;
        this.suffix = suffix;
    }

    /**
     * Measures that one.
     *
     * @param suffix of its contenders' names: empty, unless it is compared with another one
     */
    public static SyncServer on(ServerProcess process, String suffix) throws IOException {
        return new SyncServer(process, SyncClient.of(process), suffix);
    }

    SyncClient client() {
        return client;
    }

    String named(String contender) {
        return contender + suffix;
    }

    double residentMegabytes() {
        return process.residentMegabytes();
    }

    /** What is wrong with the rows of a scope that must have so many files, each changed once. */
    List<String> faults(String scope, long files) {
        List<String> faults = new ArrayList<>();
        equal(faults, "files", count("count(*) FROM semel_sync.files", scope), files);
        equal(faults, "changes of files", count("count(DISTINCT file_id) FROM semel_sync.file_changes", scope), files);
        equal(faults, "rows of changes", count("count(*) FROM semel_sync.file_changes", scope), files);
        return faults;
    }

    private long count(String what, String scope) {
        return process.count(
                "/* all tenants: the check after a round */ SELECT " + what + " WHERE scope = '" + scope + "'");
    }

    private static void equal(List<String> faults, String what, long found, long expected) {
        if (found != expected) {
            faults.add(what + ": " + found + " instead of " + expected);
        }
    }
}
