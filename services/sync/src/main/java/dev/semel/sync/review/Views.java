package dev.semel.sync.review;

import dev.semel.sync.changesets.Action;
import dev.semel.sync.changesets.Changeset;
import dev.semel.sync.changesets.Decision;
import dev.semel.sync.changesets.HistoryEntry;
import dev.semel.sync.changesets.Review;
import dev.semel.sync.changesets.ReviewedFile;
import dev.semel.sync.content.TextContent;
import dev.semel.sync.files.FileStateTable.FileState;
import dev.semel.sync.files.SyncFile;
import dev.semel.sync.rebase.Bases.Stand;
import dev.semel.sync.review.FileView.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes views. */
final class Views {
    private Views() {}

    static ChangesetView changeset(Stand stand, List<HistoryEntry> history) {
        Changeset changeset = stand.changeset();
        return new ChangesetView(
                changeset.id(),
                changeset.scope(),
                changeset.state().text(),
                changeset.revision(),
                changeset.decisionVersion(),
                new Review(stand.files()).decisionsHash(),
                changeset.message(),
                changeset.author(),
                changeset.reverts(),
                changeset.createdAt(),
                changeset.changedAt(),
                Action.allowedIn(changeset.state()),
                stand.files().stream()
                        .map(file -> file(stand, file, content -> null))
                        .toList(),
                history);
    }

    /** @param text gives the text of a content, or null to leave it out */
    static FileView file(Stand stand, ReviewedFile file, Function<TextContent, @Nullable String> text) {
        FileState base = stand.bases().get(file.fileId());
        SyncFile main = stand.main().get(file.fileId());
        Decision decision = file.decision();
        TextContent incoming = file.proposed().content();
        return new FileView(
                file.fileId(),
                file.proposed().path(),
                incoming == null ? "delete" : "upsert",
                file.proposed().baseVersion(),
                base == null ? null : new Side(base.version(), base.path(), base.contentHash(), base.size(), null),
                side(file, incoming, text),
                main == null || main.isDeleted()
                        ? null
                        : new Side(main.version(), main.path(), main.contentHash(), main.size(), null),
                decision == null ? null : decision.text(),
                file.reason(),
                side(file, file.amended(), text),
                file.decidedBy(),
                flags(file, main),
                file.proposed().publishedVersion());
    }

    private static @Nullable Side side(
            ReviewedFile file, @Nullable TextContent content, Function<TextContent, @Nullable String> text) {
        return content == null
                ? null
                : new Side(null, file.proposed().path(), content.hash(), content.size(), text.apply(content));
    }

    private static List<String> flags(ReviewedFile file, @Nullable SyncFile main) {
        List<String> flags = new ArrayList<>();
        if (file.isPublished()) {
            flags.add("published");
        } else if ((main == null ? 0 : main.version()) != file.proposed().baseVersion()) {
            flags.add("behind");
            if (main == null || main.isDeleted()) {
                flags.add("deleted_on_main");
            }
        }
        return flags;
    }
}
