package dev.semel.sync.push;

import dev.semel.sync.content.ContentIntake;
import dev.semel.sync.content.PutContents;

/** What the gates' argument resolver does, for tests without HTTP. */
public final class Preparing {
    private Preparing() {}

    public static PreparedPush prepare(ContentIntake intake, PutContents put, String tenant, PushRequest request) {
        return new PushPreparation(intake, put).prepare(tenant, request);
    }
}
