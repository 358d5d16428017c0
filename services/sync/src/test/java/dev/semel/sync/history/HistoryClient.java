package dev.semel.sync.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.RejectedException;
import dev.semel.SemelException;
import dev.semel.sync.TestSync;
import dev.semel.sync.merge.Merged;
import dev.semel.sync.merge.ThreeWayMerge;
import dev.semel.sync.pull.ManifestPages;
import dev.semel.sync.pull.PullAnswer;
import dev.semel.sync.pull.PulledFile;
import dev.semel.sync.push.PushOp;
import dev.semel.sync.text.ContentBytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A client with a folder, a base of each file and a cursor. Edits lines, renames, swaps, deletes, brings back; is offline while it is not
 * asked to pull; merges what it pulls with what it has edited, and where that is not clean it is shown the conflict and keeps both.
 */
final class HistoryClient {
    private final String name;
    private final HistoryServer server;
    private final Model model;
    private final Random random;
    private final Map<String, Local> files = new TreeMap<>();
    private final Map<String, Set<String>> seen = new HashMap<>();
    private final Set<String> pushed = new HashSet<>();
    private Object cursor = 0;
    private int edits;
    private int conflictsShown;
    private int startsAnew;
    private int resyncs;

    HistoryClient(String name, HistoryServer server, Model model, long seed) {
        this.name = name;
        this.server = server;
        this.model = model;
        this.random = new Random(seed);
    }

    /**
     * A file of the folder.
     *
     * @param base what the server had when it was last pulled or pushed; null for a new file
     */
    private record Local(Model.@Nullable State base, String path, String content, boolean deleted) {
        boolean isEdited() {
            return base == null
                    ? !deleted
                    : deleted != base.deleted()
                            || !deleted && (!path.equals(base.path()) || !content.equals(base.content()));
        }

        /** Of what the server had. */
        @Nullable
        String baseHash() {
            return base == null ? null : base.hash();
        }

        /** What a merge owes this client. A line of a file that was only brought back may have been taken away by another. */
        Set<String> ownLines() {
            Set<String> lines =
                    deleted ? new TreeSet<>() : new TreeSet<>(content.lines().toList());
            if (base != null) {
                lines.removeAll(base.content().lines().toList());
            }
            return lines;
        }

        long version() {
            return base == null ? 0 : base.version();
        }
    }

    int conflictsShown() {
        return conflictsShown;
    }

    int startsAnew() {
        return startsAnew;
    }

    int resyncs() {
        return resyncs;
    }

    void step() {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> edit();
            case 3 -> rename();
            case 4 -> create();
            case 5 -> deleteOrBringBack();
            case 6, 7 -> pull();
            default -> push();
        }
    }

    private @Nullable String any(boolean deleted) {
        List<String> ids = files.entrySet().stream()
                .filter(entry -> entry.getValue().deleted() == deleted)
                .map(Map.Entry::getKey)
                .toList();
        return ids.isEmpty() ? null : ids.get(random.nextInt(ids.size()));
    }

    private String line(String id) {
        String line = name + " " + ++edits;
        seen.computeIfAbsent(id, unknown -> new TreeSet<>()).add(line);
        return line;
    }

    /** A line in front, behind, or in place of one that is there. */
    private void edit() {
        String id = any(false);
        if (id != null) {
            Local file = files.get(id);
            List<String> lines = new ArrayList<>(file.content().lines().toList());
            int at = random.nextInt(lines.size() + 1);
            if (random.nextBoolean() || at == lines.size()) {
                lines.add(at, line(id));
            } else {
                lines.set(at, line(id));
            }
            files.put(id, new Local(file.base(), file.path(), text(lines), false));
        }
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    /** Two files in three swap their paths; otherwise one goes where perhaps another one is. */
    private void rename() {
        String one = any(false);
        String other = any(false);
        if (one != null && other != null && !one.equals(other) && random.nextInt(3) > 0) {
            String path = files.get(one).path();
            move(one, files.get(other).path());
            move(other, path);
        } else if (one != null) {
            move(one, path());
        }
    }

    private void move(String id, String path) {
        Local file = files.get(id);
        files.put(id, new Local(file.base(), path, file.content(), file.deleted()));
    }

    private String path() {
        return List.of("A.md", "a.md", "b/x.md", "b", "c/y.md", "straße.md", "STRASSE.md")
                .get(random.nextInt(7));
    }

    private void create() {
        if (files.size() < 25) {
            String id = name + "-" + edits;
            files.putIfAbsent(
                    id, new Local(null, random.nextInt(4) == 0 ? path() : id + ".md", line(id) + "\n", false));
        }
    }

    private void deleteOrBringBack() {
        boolean back = random.nextInt(3) == 0;
        String id = any(back);
        if (id != null) {
            Local file = files.get(id);
            files.put(id, new Local(file.base(), file.path(), file.content(), !back));
        }
    }

    /** Some edited files, whatever has become of main in the meantime, or of the server. */
    void push() {
        List<PushOp> ops = files.entrySet().stream()
                .filter(entry -> entry.getValue().isEdited())
                .filter(entry -> random.nextInt(4) > 0)
                .map(entry -> op(entry.getKey(), entry.getValue()))
                .toList();
        if (ops.isEmpty()) {
            return;
        }
        try {
            server.push(ops);
        } catch (SemelException e) {
            refused(e, ops);
            return;
        }
        model.accept(ops, seen);
        ops.forEach(op -> settled(op.fileId()));
    }

    private static PushOp op(String id, Local file) {
        return file.deleted()
                ? new PushOp("delete", id, null, file.version(), null, null, file.baseHash())
                : new PushOp("upsert", id, file.path(), file.version(), file.content(), null, file.baseHash());
    }

    private void settled(String id) {
        Model.State now = model.file(id);
        files.put(id, new Local(now, now.path(), now.content(), now.deleted()));
        pushed.add(id);
    }

    private void refused(SemelException refusal, List<PushOp> ops) {
        switch (refusal.code()) {
            case "BASE_VERSION_CONFLICT" -> {
                model.refuseAsStale(ops);
                TestSync.unknown((RejectedException) refusal).forEach(this::gone);
                numbered((RejectedException) refusal);
            }
            case "NOT_FOUND" -> {
                assertThat(ops).anyMatch(op -> op.type().equals("delete") && model.version(op.fileId()) == 0);
                TestSync.unknown((RejectedException) refusal).forEach(this::gone);
            }
            case "PATH_TAKEN", "CASE_COLLISION" -> {
                model.refuseForPaths(ops);
                ops.forEach(op -> move(op.fileId(), op.fileId() + "-" + edits++ + ".md"));
            }
            case "VALIDATION_FAILED" -> ops.forEach(op -> move(op.fileId(), op.fileId() + ".md"));
            default -> throw new IllegalStateException(refusal.code() + " for " + ops);
        }
    }

    /** A file that was made here, and that main does not show although it has a number of it: its deletion is forgotten. */
    private void numbered(RejectedException refusal) {
        pull();
        TestSync.serverVersions(refusal).forEach((id, version) -> {
            Local file = files.get(id);
            if (version > 0 && file != null && file.base() == null && !file.deleted()) {
                Model.State tombstone = new Model.State(version, file.path(), "", true);
                files.put(id, new Local(tombstone, file.path(), file.content(), false));
            }
        });
    }

    /** Main has nothing of it any more, not even a tombstone: what was edited here is a file that was made here. */
    private void gone(String id) {
        Local file = files.get(id);
        if (file == null || file.base() == null) {
            return;
        }
        if (file.deleted() || !file.isEdited()) {
            files.remove(id);
            return;
        }
        conflictsShown++;
        files.put(id, new Local(null, file.path(), file.content(), false));
    }

    /** A whole checkpoint. */
    void pull() {
        List<PulledFile> pulled = new ArrayList<>();
        Object at = cursor;
        PullAnswer page;
        try {
            do {
                page = server.pull(at, 1 + random.nextInt(7));
                pulled.addAll(page.changes());
                at = page.newCursor();
            } while (page.hasMore());
        } catch (RuntimeException e) {
            if (ManifestPages.staleCode(e).equals("CURSOR_EXPIRED")) {
                resync();
            } else {
                assertThat(ManifestPages.staleCode(e)).isEqualTo("CURSOR_EPOCH_MISMATCH");
                startAnew();
            }
            return;
        }
        cursor = at;
        if (hasLost(pulled)) {
            startAnew();
            return;
        }
        pushed.clear();
        pulled.forEach(file -> take(file.fileId(), state(file)));
        assertBasesAreMain();
    }

    /** The next pull brings what was pushed; if it does not, a backup was restored in between, from before the push. */
    private boolean hasLost(List<PulledFile> pulled) {
        Set<String> brought = pulled.stream().map(PulledFile::fileId).collect(Collectors.toSet());
        return !brought.containsAll(pushed);
    }

    private static Model.State state(PulledFile file) {
        return new Model.State(file.version(), file.serverPath(), String.valueOf(file.content()), file.deleted());
    }

    /** The server has become another one: all of main is pulled, and all that differs from it is an edit of this client. */
    private void startAnew() {
        startsAnew++;
        cursor = 0;
        pushed.clear();
        Set<String> known = new HashSet<>(files.keySet());
        files.replaceAll((id, file) -> new Local(null, file.path(), file.content(), file.deleted()));
        pull();
        known.stream()
                .filter(id -> files.get(id).base() == null && files.get(id).deleted())
                .forEach(files::remove);
    }

    /** Too old: what main does not have any more was deleted there. Nothing that was edited here is lost by that. */
    private void resync() {
        resyncs++;
        pushed.clear();
        Map<String, Set<String>> own = new HashMap<>();
        files.forEach((id, file) -> own.put(id, file.ownLines()));
        Set<String> there = server.manifestIds();
        cursor = 0;
        files.keySet().stream().filter(id -> !there.contains(id)).toList().forEach(this::gone);
        pull();
        own.forEach((id, lines) -> {
            if (!lines.isEmpty()) {
                assertThat(files.get(id).content().lines())
                        .as("what %s edited in %s", name, id)
                        .containsAll(lines);
            }
        });
    }

    private void take(String id, Model.State theirs) {
        Local mine = files.get(id);
        seen.computeIfAbsent(id, unknown -> new TreeSet<>()).addAll(theirs.lines());
        if (mine != null && mine.base() != null && isSame(mine.base(), theirs)) {
            return; // pushed by this client itself
        }
        if (mine == null || !mine.isEdited()) {
            files.put(id, new Local(theirs, theirs.path(), content(theirs, mine), theirs.deleted()));
            return;
        }
        files.put(id, merged(theirs, mine));
    }

    private static boolean isSame(Model.State mine, Model.State theirs) {
        return mine.version() == theirs.version()
                && mine.deleted() == theirs.deleted()
                && (mine.deleted()
                        || (mine.content().equals(theirs.content())
                                && mine.path().equals(theirs.path())));
    }

    private static String content(Model.State theirs, @Nullable Local mine) {
        return theirs.deleted() && mine != null ? mine.content() : theirs.deleted() ? "" : theirs.content();
    }

    private Local merged(Model.State theirs, Local mine) {
        if (theirs.deleted() && mine.deleted()) {
            return new Local(theirs, theirs.path(), mine.content(), true);
        }
        if (theirs.deleted() || mine.deleted()) {
            conflictsShown++; // and what was edited is kept
            return new Local(
                    theirs,
                    mine.deleted() ? theirs.path() : mine.path(),
                    mine.deleted() ? content(theirs, mine) : mine.content(),
                    false);
        }
        String path = mine.base() == null || mine.path().equals(mine.base().path()) ? theirs.path() : mine.path();
        String base = mine.base() == null ? "" : mine.base().content();
        Merged merged = ThreeWayMerge.merge(bytes(base), bytes(theirs.content()), bytes(mine.content()));
        if (merged instanceof Merged.Clean clean) {
            return new Local(theirs, path, clean.content().text(), false);
        }
        conflictsShown++;
        List<String> both = new ArrayList<>(theirs.content().lines().toList());
        mine.content().lines().filter(line -> !both.contains(line)).forEach(both::add);
        return new Local(theirs, path, text(both), false);
    }

    private static ContentBytes bytes(String text) {
        return ContentBytes.ofText(text).value().orElseThrow();
    }

    /** Right after a pull, what this client takes for main is main; it may know of deletions that main has forgotten. */
    private void assertBasesAreMain() {
        Map<String, String> bases = new TreeMap<>();
        files.forEach((id, file) -> {
            if (file.base() != null && (!file.base().deleted() || model.pulled().containsKey(id))) {
                bases.put(id, line(file.base()));
            }
        });
        Map<String, String> main = new TreeMap<>();
        model.pulled().forEach((id, state) -> main.put(id, line(state)));
        assertThat(bases).isEqualTo(main);
    }

    private static String line(Model.State state) {
        return state.version() + " " + state.path() + " " + (state.deleted() ? "deleted" : state.content());
    }
}
