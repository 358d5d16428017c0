package dev.semel.sync.scopes;

import dev.semel.spring.web.Cursors;
import dev.semel.spring.web.PageRequest;
import java.util.regex.Pattern;

/** A position in a collection that is ordered by names. Immutable. */
record NamePosition(String name) {
    private static final Pattern POSITION = Pattern.compile("s(" + Scope.SHAPE + ")");

    /**
     * The position that a request's cursor names.
     *
     * @throws dev.semel.InvalidPayloadException if it is no cursor of such a collection
     */
    static NamePosition of(PageRequest request) {
        return new NamePosition(
                request.cursor() == null
                        ? ""
                        : Cursors.decode(request.cursor(), POSITION).group(1));
    }

    String cursor() {
        return Cursors.encode("s" + name);
    }
}
