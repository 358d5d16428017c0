package dev.semel.sync.push;

import dev.semel.Semel;
import dev.semel.sync.changesets.RevisionTable;

/** Which pushes have been done: their retries need nothing but their answer. Thread-safe. Never called inside a transaction. */
public final class MadePushes {
    private final Semel semel;
    private final RevisionTable revisions;

    /** Looks them up in that table. */
    public MadePushes(Semel semel, RevisionTable revisions) {
        this.semel = semel;
        this.revisions = revisions;
    }

    /** Whether a push of this name has been done in its scope, whatever was in it. One short transaction. */
    boolean has(String tenant, PushRequest request) {
        return semel.read(
                tenant, connection -> revisions.isPushed(tenant, request.scope(), request.clientChangesetId()));
    }
}
