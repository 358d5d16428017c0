package dev.semel.sync.content;

import dev.semel.InvalidPayloadException.Violation;
import dev.semel.sync.text.Checked;
import dev.semel.sync.text.ContentBytes;
import dev.semel.sync.text.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads texts that come as JSON members. */
public final class PushedText {
    /** Most bytes of such a text; what is larger is put before and named by its hash. */
    public static final int MAX_SIZE = 2 << 20;

    private PushedText() {}

    /**
     * The content of a file.
     *
     * @param pointer to the member
     * @param violations takes what is wrong with it
     * @return empty if something is
     */
    public static Optional<ContentBytes> read(String text, String pointer, List<Violation> violations) {
        if (text.length() > MAX_SIZE) {
            violations.add(tooLong(pointer));
            return Optional.empty();
        }
        Checked<ContentBytes> checked = ContentBytes.ofText(text);
        checked.refusal().map(refusal -> violation(refusal, pointer)).ifPresent(violations::add);
        checked.value().ifPresent(content -> check(content, pointer, violations));
        return checked.value();
    }

    private static void check(ContentBytes content, String pointer, List<Violation> violations) {
        if (content.size() > MAX_SIZE) {
            violations.add(tooLong(pointer));
        }
        OptionalInt markers = content.conflictMarkers();
        if (markers.isPresent()) {
            violations.add(new Violation(
                    pointer, "CONFLICT_MARKERS: has the markers of an unfinished merge at line " + markers.getAsInt()));
        }
    }

    private static Violation tooLong(String pointer) {
        return new Violation(
                pointer,
                "TOO_LARGE: has more than " + MAX_SIZE + " bytes: put it to /v1/blobs and name it by its hash");
    }

    /** A refusal as a violation at a member. */
    public static Violation violation(Refusal refusal, String pointer) {
        return new Violation(pointer, refusal.code() + " " + refusal.rule() + ": " + refusal.detail());
    }
}
