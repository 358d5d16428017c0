package dev.semel.sync.publish;

import dev.semel.sync.changesets.Decision;
import dev.semel.sync.changesets.ReviewedFile;
import dev.semel.sync.content.TextContent;
import dev.semel.sync.files.MainChange;
import dev.semel.sync.files.PathProblem;
import dev.semel.sync.files.SyncFile;
import dev.semel.sync.publish.PublishReport.FileReport;
import dev.semel.sync.text.PathCollision;
import dev.semel.sync.text.SyncPath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which files of a changeset go to main, and why the others do not. Used once, by one thread. */
final class PublishPlan {
    /** Finds what is wrong with paths. */
    interface Paths {
        /** @param moving the files that are given a path or deleted at once */
        Map<SyncPath, PathProblem> problems(List<SyncPath> paths, List<String> moving);
    }

    private final List<ReviewedFile> files;
    private final Map<String, SyncFile> main;
    private final Map<String, Conflict> conflicts = new HashMap<>();

    PublishPlan(List<ReviewedFile> files, Map<String, SyncFile> main, Paths paths) {
        this.files = files;
        this.main = main;
        for (ReviewedFile file : files) {
            Conflict conflict = file.isToBePublished() ? withBase(file, main.get(file.fileId())) : null;
            if (conflict != null) {
                conflicts.put(file.fileId(), conflict);
            }
        }
        settlePaths(paths);
    }

    private static @Nullable Conflict withBase(ReviewedFile file, @Nullable SyncFile main) {
        long base = file.proposed().baseVersion();
        if (main == null) {
            return base == 0 ? null : Conflict.BASE_DELETED;
        }
        boolean same =
                main.version() == base && main.seenHash().equals(file.proposed().baseHash());
        if (same && !(main.isDeleted() && file.result() == null)) {
            return null;
        }
        if (main.isDeleted()) {
            return Conflict.BASE_DELETED;
        }
        return file.result() == null ? Conflict.DELETE_OF_CHANGED : Conflict.BASE_CHANGED;
    }

    /** A file that stays behind keeps its path, and may be in another one's way, which then stays as well. */
    private void settlePaths(Paths paths) {
        List<ReviewedFile> moving = applicable();
        NewPaths given = new NewPaths();
        moving.stream().filter(this::givesPath).forEach(file -> given.add(file.fileId(), path(file)));
        Map<SyncPath, PathProblem> problems = paths.problems(
                moving.stream().filter(this::givesPath).map(PublishPlan::path).toList(),
                moving.stream()
                        .filter(file -> movesPath(file, main.get(file.fileId())))
                        .map(ReviewedFile::fileId)
                        .toList());
        Deque<String> staying = new ArrayDeque<>();
        for (ReviewedFile file : moving) {
            PathProblem problem = givesPath(file) ? problems.get(path(file)) : null;
            if (problem != null) {
                conflicts.put(file.fileId(), Conflict.valueOf(problem.name()));
                staying.add(file.fileId());
            }
        }
        while (!staying.isEmpty()) {
            SyncFile kept = main.get(staying.remove());
            if (kept != null && !kept.isDeleted()) {
                String keeping = kept.fileId();
                given.beside(path(kept.path())).forEach((fileId, collision) -> {
                    if (!fileId.equals(keeping) && !conflicts.containsKey(fileId)) {
                        conflicts.put(fileId, conflict(collision));
                        staying.add(fileId);
                    }
                });
            }
        }
    }

    private static Conflict conflict(PathCollision collision) {
        return collision == PathCollision.SAME_KEY ? Conflict.CASE_COLLISION : Conflict.PATH_TAKEN;
    }

    private List<ReviewedFile> applicable() {
        return files.stream()
                .filter(file -> file.isToBePublished() && !conflicts.containsKey(file.fileId()))
                .toList();
    }

    private boolean givesPath(ReviewedFile file) {
        SyncFile before = main.get(file.fileId());
        return file.result() != null
                && (before == null
                        || before.isDeleted()
                        || !before.path().equals(file.proposed().path()));
    }

    static boolean movesPath(ReviewedFile file, @Nullable SyncFile before) {
        return file.result() == null
                || before == null
                || before.isDeleted()
                || !before.path().equals(file.proposed().path());
    }

    /** It was one when it was pushed. */
    private static SyncPath path(ReviewedFile file) {
        return path(file.proposed().path());
    }

    private static SyncPath path(String stored) {
        return SyncPath.parse(stored)
                .orElseThrow(refusal -> new IllegalStateException("a path that was stored: " + refusal.rule()));
    }

    boolean hasConflicts() {
        return !conflicts.isEmpty();
    }

    List<MainChange> changes() {
        return applicable().stream().map(this::change).toList();
    }

    private MainChange change(ReviewedFile file) {
        SyncFile before = main.get(file.fileId());
        TextContent content = file.result();
        return content == null
                ? new MainChange.Delete(file.fileId(), Objects.requireNonNull(before, "a delete of a file"))
                : new MainChange.Upsert(file.fileId(), before, path(file), content);
    }

    /** Whether everything is told then that was decided to go to main, and nothing is undecided. */
    boolean leavesNothing() {
        return conflicts.isEmpty() && files.stream().allMatch(file -> file.decision() != null || file.isPublished());
    }

    /** In the order of the paths. */
    List<FileReport> report() {
        List<FileReport> reports = new ArrayList<>();
        files.forEach(file -> reports.add(report(file)));
        reports.sort(Comparator.comparing(FileReport::serverPath).thenComparing(FileReport::fileId));
        return reports;
    }

    private FileReport report(ReviewedFile file) {
        Conflict conflict = conflicts.get(file.fileId());
        if (file.isPublished()) {
            return report(file, "already_published", null, file.proposed().publishedVersion());
        }
        if (file.decision() == null) {
            return report(file, "undecided", null, null);
        }
        if (file.decision() == Decision.REJECT) {
            return report(file, "rejected", null, null);
        }
        if (conflict != null) {
            return report(file, "conflict", conflict.name(), null);
        }
        SyncFile before = main.get(file.fileId());
        return report(file, "published", null, before == null ? 1 : before.version() + 1);
    }

    private static FileReport report(
            ReviewedFile file, String status, @Nullable String conflict, @Nullable Long version) {
        return new FileReport(file.fileId(), file.proposed().path(), status, conflict, version);
    }
}
