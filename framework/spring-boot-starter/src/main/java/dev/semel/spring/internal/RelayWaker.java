package dev.semel.spring.internal;

import dev.semel.Committed;
import dev.semel.WriteInfo;
import dev.semel.WriteListener;
import dev.semel.outbox.Relay;
import org.springframework.beans.factory.ObjectProvider;

/** Tells this process's relay of committed events at once, and those of others soon. */
final class RelayWaker implements WriteListener {
    private final ObjectProvider<Relay> relay;
    private final ObjectProvider<NodeNotifications> others;

    RelayWaker(ObjectProvider<Relay> relay, ObjectProvider<NodeNotifications> others) {
        this.relay = relay;
        this.others = others;
    }

    @Override
    public void committed(WriteInfo write, Committed committed) {
        if (committed.events() > 0) {
            relay.ifAvailable(one -> one.wake(write.caller().tenant()));
            others.ifAvailable(NodeNotifications::committed);
        }
    }
}
