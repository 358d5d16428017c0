package dev.semel.internal;

import dev.semel.PayloadCodec;
import dev.semel.RejectedException;
import dev.semel.Snapshot;
import java.util.Map;
import java.util.TreeMap;

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
                codec.write(Map.of(
                        "reason",
                        rejection.reason().name(),
                        "code",
                        rejection.code(),
                        "message",
                        message,
                        "members",
                        rejection.members())));
    }

    static RejectedException restore(PayloadCodec codec, Snapshot snapshot) {
        Map<?, ?> stored = codec.read(snapshot.body(), Map.class);
        return new RejectedException(
                RejectedException.Reason.valueOf(member(stored, "reason")),
                member(stored, "code"),
                member(stored, "message"),
                true,
                members(stored));
    }

    /** None where the rejection was stored by a release that had none. */
    private static Map<String, Object> members(Map<?, ?> stored) {
        Map<String, Object> members = new TreeMap<>();
        if (stored.get("members") instanceof Map<?, ?> found) {
            found.forEach((name, value) -> members.put(String.valueOf(name), value));
        }
        return members;
    }

    private static String member(Map<?, ?> stored, String name) {
        return String.valueOf(stored.get(name));
    }
}
