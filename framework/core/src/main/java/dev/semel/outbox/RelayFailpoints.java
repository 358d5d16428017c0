package dev.semel.outbox;

import dev.semel.failpoint.Failpoint;
import java.util.List;

/** The relay's failpoints. */
public final class RelayFailpoints {
    /** Events were read; nothing was delivered yet. */
    public static final Failpoint AFTER_CLAIM = new Failpoint("relay.after-claim");

    /** Sinks outside the database have the events; nothing is acknowledged yet. */
    public static final Failpoint AFTER_DELIVERY = new Failpoint("relay.after-delivery");

    /** Sinks in the database have them too, in the transaction that is about to commit. */
    public static final Failpoint BEFORE_COMMIT = new Failpoint("relay.before-commit");

    private RelayFailpoints() {}

    /** All of them. */
    public static List<Failpoint> all() {
        return List.of(AFTER_CLAIM, AFTER_DELIVERY, BEFORE_COMMIT);
    }
}
