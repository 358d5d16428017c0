package dev.semel.server.operations;

import dev.semel.outbox.Outbox;
import dev.semel.spring.web.Cursors;
import dev.semel.spring.web.PageRequest;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A place in the outbox, as a cursor. */
final class OutboxPosition {
    private static final Pattern SHAPE = Pattern.compile("o([0-9]{1,18})/([a-z0-9-]{0,64})");

    private OutboxPosition() {}

    static Outbox.Position of(PageRequest page) {
        if (page.cursor() == null) {
            return Outbox.Position.START;
        }
        MatchResult parts = Cursors.decode(page.cursor(), SHAPE);
        return new Outbox.Position(Long.parseLong(parts.group(1)), parts.group(2));
    }

    static String cursor(Outbox.Pending pending) {
        Outbox.Position position = pending.position();
        return Cursors.encode("o" + position.rowId() + "/" + position.sinkName());
    }
}
