package dev.semel.books.receivables;

import dev.semel.spring.web.Cursors;
import dev.semel.spring.web.PageRequest;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A position among customers and their currencies. Immutable. */
record AgingPosition(UUID customer, String currency) {
    private static final AgingPosition BEGINNING = new AgingPosition(new UUID(0, 0), "");
    private static final Pattern SHAPE = Pattern.compile("a([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/([A-Z]{3})");

    static AgingPosition of(PageRequest request) {
        if (request.cursor() == null) {
            return BEGINNING;
        }
        MatchResult parts = Cursors.decode(request.cursor(), SHAPE);
        return new AgingPosition(UUID.fromString(parts.group(1)), parts.group(2));
    }

    String cursor() {
        return Cursors.encode("a" + customer + "/" + currency);
    }
}
