package dev.semel.spring.internal;

import dev.semel.Committed;
import dev.semel.WriteInfo;
import dev.semel.WriteListener;
import dev.semel.outbox.Relay;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;

/**
 * Tells this process's relay of committed events at once, and those of others soon. Both are looked for at the first commit, once:
 * they stand on what this listens to.
 */
final class RelayWaker implements WriteListener {
    private final Supplier<Optional<Relay>> relay;
    private final Supplier<Optional<NodeNotifications>> others;

    RelayWaker(ObjectProvider<Relay> relay, ObjectProvider<NodeNotifications> others) {
        this.relay = SingletonSupplier.of(() -> Optional.ofNullable(relay.getIfAvailable()));
        this.others = SingletonSupplier.of(() -> Optional.ofNullable(others.getIfAvailable()));
    }

    @Override
    public void committed(WriteInfo write, Committed committed) {
        if (committed.events() > 0) {
            relay.get().ifPresent(here -> here.wake(write.caller().tenant()));
            others.get().ifPresent(NodeNotifications::committed);
        }
    }
}
