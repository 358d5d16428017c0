package dev.semel.sync.pull;

import dev.semel.Semel;
import dev.semel.documents.blob.Blobs;
import dev.semel.documents.versions.SmallContents;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What pulls are answered with. Thread-safe. */
public final class PullParts implements AutoCloseable {
    private final Pulling pulling;
    private final LongPolls longPolls;
    private final Manifests manifests;
    private final StatusTable status;

    /** Reads the client's database and the blobs. */
    public PullParts(Semel semel, JdbcClient jdbc, Blobs blobs) {
        pulling = new Pulling(semel, new PullTable(jdbc), new PulledContents(new SmallContents(jdbc), blobs));
        longPolls = new LongPolls(pulling, LongPolls.Limits.DEFAULT);
        manifests = new Manifests(new ManifestTable(jdbc));
        status = new StatusTable(jdbc);
    }

    /** Answers one pull. */
    public Pulling pulling() {
        return pulling;
    }

    LongPolls longPolls() {
        return longPolls;
    }

    Manifests manifests() {
        return manifests;
    }

    StatusTable status() {
        return status;
    }

    /** Lets go of the pulls that wait. */
    @Override
    public void close() {
        longPolls.close();
    }
}
