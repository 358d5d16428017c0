package dev.semel.internal;

import dev.semel.PayloadCodec;
import dev.semel.RejectedException;
import dev.semel.Snapshot;
import java.util.Map;

/** Remembered rejections, as they are stored in place of a response. */
final class Rejections {
    private static final String TYPE_ID = "semel.rejection.v1";

    private Rejections() {}

    static boolean isRejection(Snapshot snapshot) {
        return TYPE_ID.equals(snapshot.typeId());
    }

    static Snapshot store(PayloadCodec codec, RejectedException rejection) {
        String message = rejection.getMessage() == null ? "" : rejection.getMessage();
        return new Snapshot(
                TYPE_ID,
                Snapshot.JSON,
                codec.write(Map.of("reason", rejection.reason().name(), "code", rejection.code(), "message", message)));
    }

    static RejectedException restore(PayloadCodec codec, Snapshot snapshot) {
        Map<?, ?> stored = codec.read(snapshot.body(), Map.class);
        return new RejectedException(
                RejectedException.Reason.valueOf(member(stored, "reason")),
                member(stored, "code"),
                member(stored, "message"),
                true);
    }

    private static String member(Map<?, ?> stored, String name) {
        return String.valueOf(stored.get(name));
    }
}
