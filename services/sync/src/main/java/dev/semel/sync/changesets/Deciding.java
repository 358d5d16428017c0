package dev.semel.sync.changesets;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.documents.blob.BlobHolds;
import dev.semel.spring.web.PathIds;
import dev.semel.sync.changesets.ChangesetChangeTable.Event;
import dev.semel.sync.content.TextContent;
import dev.semel.sync.scopes.ScopeTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides on files of changesets: a batch counts as a whole. Thread-safe. */
public final class Deciding {
    private final ScopeTable scopes;
    private final ChangesetTable changesets;
    private final ReviewedFileTable files;
    private final ReviewFeed review;
    private final BlobHolds holds;

    /** Writes into those tables. */
    public Deciding(
            ScopeTable scopes, ChangesetTable changesets, ReviewedFileTable files, ReviewFeed review, BlobHolds holds) {
        this.scopes = scopes;
        this.changesets = changesets;
        this.files = files;
        this.review = review;
        this.holds = holds;
    }

    /**
     * The body of the write.
     *
     * @param id the changeset's, as the path has it
     * @param ifMatch the decision version that the reviewer has seen, as the header has it; null for any
     * @throws RejectedException if there is no such changeset, or the state, the revision or a file does not allow it
     */
    public ChangesetAnswer handle(
            String id, @Nullable String ifMatch, PreparedDecisions prepared, Write<NewDecisions> write) {
        Changeset changeset = changesets.lock(write.tenant(), PathIds.parse(id, "changeset"));
        review.requireNew(write);
        Action.DECIDE.requireAllowedIn(changeset.state());
        requireRevision(changeset, prepared.asked().revision());
        requireMatch(changeset, ifMatch);
        requireNotOwn(write, changeset);
        Map<String, ReviewedFile> before = byId(files.files(write.tenant(), changeset.id(), changeset.revision()));
        List<ReviewedFile> decided = decided(prepared, before, write.caller().user());
        hold(write.tenant(), changeset, prepared);
        files.decide(write.tenant(), changeset.id(), changeset.revision(), decided);
        decided.forEach(file -> before.put(file.fileId(), file));
        Review after = new Review(List.copyOf(before.values()));
        Changeset changed = changesets.change(write.tenant(), changeset, after.state(), changeset.revision());
        return review.note(write, Event.DECIDED, changed, after);
    }

    static void requireRevision(Changeset changeset, int expected) {
        if (changeset.revision() != expected) {
            throw RejectedException.conflict("REVISION_CHANGED", "The changeset has another revision by now.")
                    .with("revision", changeset.revision());
        }
    }

    private static void requireMatch(Changeset changeset, @Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.equals("*")) {
            return;
        }
        String tag = ifMatch.strip();
        String version = tag.length() > 1 && tag.startsWith("\"") ? tag.substring(1, tag.length() - 1) : tag;
        if (!version.equals(String.valueOf(changeset.decisionVersion()))) {
            throw RejectedException.precondition("Somebody has decided meanwhile.")
                    .with("decisionVersion", changeset.decisionVersion());
        }
    }

    private void requireNotOwn(Write<?> write, Changeset changeset) {
        if (changeset.author().equals(write.caller().user())
                && scopes.require(write.tenant(), changeset.scope()).separationOfDuties()) {
            throw RejectedException.forbidden(
                    "SELF_REVIEW_FORBIDDEN", "In this scope nobody decides on what he has pushed himself.");
        }
    }

    private static Map<String, ReviewedFile> byId(List<ReviewedFile> files) {
        Map<String, ReviewedFile> byId = new LinkedHashMap<>();
        files.forEach(file -> byId.put(file.fileId(), file));
        return byId;
    }

    /** All that cannot be decided is told at once. */
    private static List<ReviewedFile> decided(
            PreparedDecisions prepared, Map<String, ReviewedFile> files, String user) {
        List<ReviewedFile> decided = new ArrayList<>();
        List<Map<String, String>> wrong = new ArrayList<>();
        for (FileDecision decision : prepared.asked().decisions()) {
            ReviewedFile file = files.get(decision.fileId());
            String problem = problem(file, decision);
            if (problem != null) {
                wrong.add(Map.of("fileId", decision.fileId(), "status", problem));
            } else {
                decided.add(decided(
                        Objects.requireNonNull(file),
                        decision,
                        prepared.amended().get(decision.fileId()),
                        user));
            }
        }
        if (!wrong.isEmpty()) {
            throw RejectedException.rule("DECISION_NOT_POSSIBLE", "Files cannot be decided on: see results.")
                    .with("results", wrong);
        }
        return decided;
    }

    private static @Nullable String problem(@Nullable ReviewedFile file, FileDecision decision) {
        if (file == null) {
            return "not_found";
        }
        if (file.isPublished()) {
            return "already_published";
        }
        return decision.action().equals("amend") && file.proposed().content() == null ? "is_a_delete" : null;
    }

    private static ReviewedFile decided(
            ReviewedFile file, FileDecision decision, @Nullable TextContent amended, String user) {
        return decision.action().equals("clear")
                ? new ReviewedFile(file.proposed(), null, null, null, null)
                : new ReviewedFile(
                        file.proposed(), Decision.ofNullable(decision.action()), decision.reason(), amended, user);
    }

    private void hold(String tenant, Changeset changeset, PreparedDecisions prepared) {
        List<String> blobs = prepared.amended().values().stream()
                .filter(content -> content.inline() == null)
                .map(TextContent::hash)
                .distinct()
                .toList();
        holds.hold(tenant, Changesets.holder(changeset.id()), blobs);
    }
}
