package dev.semel.sync.rebase;

import dev.semel.sync.changesets.ProposedFile;
import dev.semel.sync.changesets.ReviewedFile;
import dev.semel.sync.content.ContentIntake;
import dev.semel.sync.content.StoredTexts;
import dev.semel.sync.content.TextContent;
import dev.semel.sync.files.FileStateTable.FileState;
import dev.semel.sync.files.SyncFile;
import dev.semel.sync.merge.Merged;
import dev.semel.sync.merge.ThreeWayMerge;
import dev.semel.sync.text.ContentBytes;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rebases one file. Thread-safe. */
public final class FileRebase {
    private final StoredTexts texts;
    private final ContentIntake intake;

    /** Reads by the one, and stores merges by the other. */
    public FileRebase(StoredTexts texts, ContentIntake intake) {
        this.texts = texts;
        this.intake = intake;
    }

    /**
     * A file, its base and main's.
     *
     * @param base null if there is none
     * @param main null if main has none
     */
    record Three(
            ReviewedFile file,
            @Nullable FileState base,
            @Nullable TextContent baseContent,
            @Nullable SyncFile main,
            @Nullable TextContent mainContent) {}

    /** What a rebase comes to. */
    sealed interface Rebased {
        /** Hands over what there is. */
        default void take(Consumer<ReviewedFile> good, Consumer<RebaseConflict> bad) {
            if (this instanceof Clean clean) {
                good.accept(clean.file);
            } else {
                bad.accept(((Conflicted) this).conflict);
            }
        }

        /** A file of the next revision. */
        record Clean(ReviewedFile file) implements Rebased {}

        /** None: somebody has to merge. */
        record Conflicted(RebaseConflict conflict) implements Rebased {}
    }

    Rebased rebase(String tenant, Three three) {
        ReviewedFile file = three.file;
        SyncFile main = three.main;
        if (file.isPublished() || isBase(file, main)) {
            return new Rebased.Clean(file);
        }
        if (main == null || main.isDeleted()) {
            return conflict(file, "base_deleted");
        }
        if (file.proposed().content() == null) {
            return conflict(file, "delete_of_changed");
        }
        if (!isWhatWasSeen(file, three.base)) {
            return conflict(file, "base_unknown");
        }
        if (three.base == null || three.baseContent == null || three.mainContent == null) {
            return conflict(file, "base_changed");
        }
        String path = path(three.base.path(), main.path(), file.proposed().path());
        return path == null ? conflict(file, "path_changed") : merge(tenant, three, main, path);
    }

    private static boolean isBase(ReviewedFile file, @Nullable SyncFile main) {
        if (main == null) {
            return file.proposed().baseVersion() == 0;
        }
        return main.version() == file.proposed().baseVersion()
                && main.seenHash().equals(file.proposed().baseHash());
    }

    /** After a restored backup the base's number may be something else's: merged with that, main's own changes would be lost. */
    private static boolean isWhatWasSeen(ReviewedFile file, @Nullable FileState base) {
        String seen = file.proposed().baseHash();
        if (seen == null) {
            return file.proposed().baseVersion() <= file.proposed().mainVersion();
        }
        return base == null || seen.equals(base.seenHash());
    }

    private static Rebased conflict(ReviewedFile file, String status) {
        return new Rebased.Conflicted(RebaseConflict.of(file.fileId(), status));
    }

    /** Null if both have moved the file. */
    private static @Nullable String path(String base, String main, String incoming) {
        if (incoming.equals(base) || incoming.equals(main)) {
            return main;
        }
        return main.equals(base) ? incoming : null;
    }

    private Rebased merge(String tenant, Three three, SyncFile main, String path) {
        ReviewedFile file = three.file;
        TextContent pushed = Objects.requireNonNull(file.proposed().content());
        Merged merged = merge(tenant, three, pushed);
        Merged amended = file.amended() == null ? merged : merge(tenant, three, file.amended());
        if (!(merged instanceof Merged.Clean clean)) {
            return new Rebased.Conflicted(unclean(file, merged));
        }
        if (!(amended instanceof Merged.Clean cleanAmended)) {
            return new Rebased.Conflicted(unclean(file, amended));
        }
        ProposedFile next = new ProposedFile(
                file.fileId(),
                path,
                main.version(),
                main.contentHash(),
                main.version(),
                intake.take(tenant, clean.content()),
                null);
        TextContent nextAmended = file.amended() == null ? null : intake.take(tenant, cleanAmended.content());
        return new Rebased.Clean(new ReviewedFile(next, file.decision(), file.reason(), nextAmended, file.decidedBy()));
    }

    private Merged merge(String tenant, Three three, TextContent incoming) {
        ContentBytes base = texts.read(tenant, Objects.requireNonNull(three.baseContent));
        ContentBytes main = texts.read(tenant, Objects.requireNonNull(three.mainContent));
        return ThreeWayMerge.merge(base, main, texts.read(tenant, incoming));
    }

    private static RebaseConflict unclean(ReviewedFile file, Merged merged) {
        return merged instanceof Merged.Conflicted conflicted
                ? new RebaseConflict(
                        file.fileId(),
                        "base_changed",
                        conflicted.hunks().stream()
                                .map(RebaseConflict.HunkLines::of)
                                .toList())
                : RebaseConflict.of(file.fileId(), "too_complex");
    }
}
