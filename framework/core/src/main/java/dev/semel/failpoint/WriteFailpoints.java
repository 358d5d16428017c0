package dev.semel.failpoint;

import java.util.List;

/** The engine's own failpoints: every write passes them. */
public final class WriteFailpoints {
    /** The handler is done; key, audit row and events are not inserted yet. */
    public static final Failpoint AFTER_HANDLER = new Failpoint("write.after-handler");

    /** The last statements were sent, with their COMMIT where it travels with them. */
    public static final Failpoint AFTER_LAST_STATEMENTS = new Failpoint("write.after-last-statements");

    private WriteFailpoints() {}

    /** All of them. */
    public static List<Failpoint> all() {
        return List.of(AFTER_HANDLER, AFTER_LAST_STATEMENTS);
    }
}
