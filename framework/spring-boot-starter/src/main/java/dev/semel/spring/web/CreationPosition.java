package dev.semel.spring.web;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A position in a collection that is ordered by creation; the id decides between rows of one microsecond. A row that is
 * committed late may appear before a position that was passed already. Immutable.
 */
public record CreationPosition(Instant createdAt, UUID id) {
    private static final CreationPosition BEGINNING = new CreationPosition(Instant.EPOCH, new UUID(0, 0));
    /** Microseconds up to the year 5138, and an id. */
    private static final Pattern SHAPE =
            Pattern.compile("c([0-9]{1,17})/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

    /**
     * The position that a request's cursor names.
     *
     * @throws dev.semel.InvalidPayloadException if it is no cursor of such a collection
     */
    public static CreationPosition of(PageRequest request) {
        if (request.cursor() == null) {
            return BEGINNING;
        }
        MatchResult parts = Cursors.decode(request.cursor(), SHAPE);
        Instant createdAt = Instant.EPOCH.plus(Long.parseLong(parts.group(1)), ChronoUnit.MICROS);
        return new CreationPosition(createdAt, UUID.fromString(parts.group(2)));
    }

    /** As a cursor. */
    public String cursor() {
        return Cursors.encode("c" + ChronoUnit.MICROS.between(Instant.EPOCH, createdAt) + "/" + id);
    }

    /** The time as a statement's parameter. */
    public OffsetDateTime time() {
        return createdAt.atOffset(ZoneOffset.UTC);
    }
}
