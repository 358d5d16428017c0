package dev.semel.sync.articles;

import dev.semel.InvalidPayloadException;
import dev.semel.InvalidPayloadException.Violation;
import dev.semel.sync.content.ContentIntake;
import dev.semel.sync.content.PutContents;
import dev.semel.sync.text.Checked;
import dev.semel.sync.text.ContentBytes;
import dev.semel.sync.text.SyncPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a put ready for its transaction. Thread-safe. */
public final class DocPreparation {
    private final ContentIntake intake;

    /** Stores by this. */
    public DocPreparation(ContentIntake intake) {
        this.intake = intake;
    }

    /**
     * Checks name and text, and stores the content.
     *
     * @throws InvalidPayloadException if they break a rule
     * @throws dev.semel.UnavailableException if the store cannot be reached
     */
    public PreparedDoc prepare(String tenant, PutDoc asked) {
        List<Violation> violations = new ArrayList<>();
        SyncPath path =
                asked.serverPath() == null ? null : take(SyncPath.parse(asked.serverPath()), "/serverPath", violations);
        ContentBytes content = take(ContentBytes.ofText(asked.content()), "/content", violations);
        if (content != null) {
            check(content, violations);
        }
        if (content == null || !violations.isEmpty()) {
            throw InvalidPayloadException.invalid(violations);
        }
        return new PreparedDoc(path, intake.take(tenant, content));
    }

    private static void check(ContentBytes content, List<Violation> violations) {
        if (content.size() > PutContents.MAX_SIZE) {
            violations.add(new Violation("/content", "TOO_LARGE: has more than " + PutContents.MAX_SIZE + " bytes"));
        }
        content.conflictMarkers()
                .ifPresent(line -> violations.add(new Violation(
                        "/content", "CONFLICT_MARKERS: has the markers of an unfinished merge at line " + line)));
    }

    private static <T> @Nullable T take(Checked<T> checked, String pointer, List<Violation> violations) {
        checked.refusal()
                .ifPresent(refusal -> violations.add(
                        new Violation(pointer, refusal.code() + " " + refusal.rule() + ": " + refusal.detail())));
        return checked.value().orElse(null);
    }
}
