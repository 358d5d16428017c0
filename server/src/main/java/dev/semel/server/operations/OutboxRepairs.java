package dev.semel.server.operations;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.outbox.Outbox;
import java.sql.SQLException;
import java.util.List;

/** What operators do to parked deliveries, each inside its write's transaction. */
final class OutboxRepairs {
    private OutboxRepairs() {}

    static Mended replay(String id, Write<ReplayEvent> write) throws SQLException {
        Outbox outbox = new Outbox(write.connection(), write.tenant());
        DeliveryId named = DeliveryId.parse(id);
        int mended = named.sinkName() == null
                ? outbox.replay(named.eventId())
                : outbox.replay(named.eventId(), named.sinkName());
        requireParked(mended, named, outbox);
        return new Mended(write.resultId(), mended);
    }

    static Mended discard(String id, Write<DiscardEvent> write) throws SQLException {
        Outbox outbox = new Outbox(write.connection(), write.tenant());
        DeliveryId named = DeliveryId.parse(id);
        int mended = named.sinkName() == null
                ? outbox.discard(named.eventId())
                : outbox.discard(named.eventId(), named.sinkName());
        requireParked(mended, named, outbox);
        return new Mended(write.resultId(), mended);
    }

    static Mended replayAll(Write<ReplayParked> write) throws SQLException {
        write.payload().requireNames();
        return new Mended(
                write.resultId(),
                new Outbox(write.connection(), write.tenant())
                        .replayAll(write.payload().sink(), write.payload().type()));
    }

    private static void requireParked(int mended, DeliveryId named, Outbox outbox) throws SQLException {
        if (mended > 0) {
            return;
        }
        List<Outbox.Pending> left = outbox.explain(named.eventId());
        if (left.stream().noneMatch(named::covers)) {
            throw DeliveryId.notFound();
        }
        throw RejectedException.conflict(
                "EVENT_NOT_PARKED", "It is not parked: it is delivered, or tried again, without an operator's help.");
    }
}
