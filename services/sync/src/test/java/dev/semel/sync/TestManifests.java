package dev.semel.sync;

import dev.semel.Caller;
import dev.semel.sync.pull.ManifestReading;
import java.util.List;

/** Manifests, read to their end. */
final class TestManifests {
    private TestManifests() {}

    /** @param lines as they go into the hash */
    record Whole(List<String> lines, String hash, String pullCursor) {}

    static Whole whole(TestSync sync, Caller caller, String scope, int limit) {
        return ManifestReading.read(
                sync.engine().semel(), sync.engine().pulls(), caller.tenant(), scope, limit, Whole::new);
    }

    static String code(RuntimeException failure) {
        return ManifestReading.code(failure);
    }
}
