package dev.semel.documents.blob;

import dev.semel.Caller;
import dev.semel.testkit.OperationUnderTest;
import dev.semel.testkit.OperationUnderTest.Application;
import dev.semel.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** How the operation {@code collectBlobs} is tried. */
public final class TestedCollection {
    private TestedCollection() {}

    /** @param application with {@link BlobConfiguration#collecting} and a grace of a day */
    public static OperationUnderTest<?> on(TestDatabase database, Application application) {
        return OperationUnderTest.of(CollectBlobs.OPERATION, application)
                .build(
                        caller -> new DueBlobs(List.of(due(database, caller))),
                        asked -> new DueBlobs(List.of(asked.hashes().get(0), "sha256:" + "0".repeat(64))));
    }

    private static String due(TestDatabase database, Caller caller) {
        String hash = "sha256:" + UUID.randomUUID().toString().replace("-", "").repeat(2);
        database.run(
                "INSERT INTO semel_documents.blobs VALUES ('%s', '%s', 5, gen_random_uuid(), now() - interval '%d h')"
                        .formatted(caller.tenant(), hash, Duration.ofDays(2).toHours()));
        return hash;
    }
}
