package dev.semel.jackson;

import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** Says where a document is wrong without repeating what it holds. */
final class Places {
    private Places() {}

    static String of(JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        return location == null
                ? "unknown place"
                : "see line " + location.getLineNr() + ", column " + location.getColumnNr() + ".";
    }

    /** JSON pointer (RFC 6901) to the member that could not be bound. */
    static String pointer(List<JacksonException.Reference> path) {
        return path.stream().map(Places::step).collect(Collectors.joining());
    }

    private static String step(JacksonException.Reference reference) {
        String name = reference.getPropertyName();
        return "/"
                + (name == null
                        ? String.valueOf(reference.getIndex())
                        : name.replace("~", "~0").replace("/", "~1"));
    }
}
