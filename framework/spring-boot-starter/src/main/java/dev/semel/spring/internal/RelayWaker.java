package dev.semel.spring.internal;

import dev.semel.Committed;
import dev.semel.WriteInfo;
import dev.semel.WriteListener;
import dev.semel.outbox.Relay;
import org.springframework.beans.factory.ObjectProvider;

/** Tells this process's relay of committed events at once; the relays of others find them when they look. */
final class RelayWaker implements WriteListener {
    private final ObjectProvider<Relay> relay;

    RelayWaker(ObjectProvider<Relay> relay) {
        this.relay = relay;
    }

    @Override
    public void committed(WriteInfo write, Committed committed) {
        if (committed.events() > 0) {
            relay.ifAvailable(one -> one.wake(write.caller().tenant()));
        }
    }
}
