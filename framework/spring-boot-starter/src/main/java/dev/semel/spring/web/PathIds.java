package dev.semel.spring.web;

import dev.semel.RejectedException;
import java.util.UUID;

/** Ids in paths. */
public final class PathIds {
    private PathIds() {}

    /**
     * The id. What is none names nothing, so it is not found.
     *
     * @param what names the kind of thing, for the message
     * @throws RejectedException if it is no UUID
     */
    public static UUID parse(String id, String what) {
        if (!StrictId.fits(id)) {
            throw notFound(what);
        }
        return UUID.fromString(id);
    }

    /** The refusal for an id that does not exist for the tenant, whether or not it does for another. */
    public static RejectedException notFound(String what) {
        return RejectedException.notFound("There is no such " + what + ".");
    }
}
