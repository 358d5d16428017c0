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

    /** The cursor of the second page. */
    static String firstPage(TestSync sync, Caller caller, String scope, int limit) {
        return ManifestReading.page(sync.engine().semel(), sync.engine().pulls(), caller.tenant(), scope, limit, null);
    }

    static String page(TestSync sync, Caller caller, String scope, int limit, String cursor) {
        return ManifestReading.page(
                sync.engine().semel(), sync.engine().pulls(), caller.tenant(), scope, limit, cursor);
    }

    static String code(RuntimeException failure) {
        return ManifestReading.code(failure);
    }
}
