package dev.semel.spring.internal;

import dev.semel.Committed;
import dev.semel.WriteInfo;
import dev.semel.WriteListener;
import dev.semel.outbox.Relay;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;

/**
 * Tells this process's relay of committed events at once, and those of others soon. Both are looked for at the first commit, once:
 * they stand on what this listens to.
 */
final class RelayWaker implements WriteListener {
    private final SingletonSupplier<Relay> relay;
    private final SingletonSupplier<NodeNotifications> others;

    RelayWaker(ObjectProvider<Relay> relay, ObjectProvider<NodeNotifications> others) {
        this.relay = SingletonSupplier.ofNullable(relay::getIfAvailable);
        this.others = SingletonSupplier.ofNullable(others::getIfAvailable);
    }

    @Override
    public void committed(WriteInfo write, Committed committed) {
        if (committed.events() > 0) {
            wake(write.caller().tenant());
        }
    }

    private void wake(String tenant) {
        Relay here = relay.get();
        if (here != null) {
            here.wake(tenant);
        }
        NodeNotifications elsewhere = others.get();
        if (elsewhere != null) {
            elsewhere.committed();
        }
    }
}
