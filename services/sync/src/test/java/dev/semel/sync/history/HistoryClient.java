package dev.semel.sync.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.SemelException;
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
    private Object cursor = 0;
    private int session;
    private int edits;
    private int conflictsShown;
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

        long version() {
            return base == null ? 0 : base.version();
        }
    }

    int conflictsShown() {
        return conflictsShown;
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

    /** Some edited files, whatever has become of main in the meantime. A client that has lost its session looks at the server first. */
    void push() {
        if (session != server.starts()) {
            pull();
        }
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
            refused(e.code(), ops);
            return;
        }
        model.accept(ops, seen);
        ops.forEach(op -> settled(op.fileId()));
    }

    private static PushOp op(String id, Local file) {
        return file.deleted()
                ? new PushOp("delete", id, null, file.version(), null, null)
                : new PushOp("upsert", id, file.path(), file.version(), file.content(), null);
    }

    private void settled(String id) {
        Model.State now = model.file(id);
        files.put(id, new Local(now, now.path(), now.content(), now.deleted()));
    }

    private void refused(String code, List<PushOp> ops) {
        switch (code) {
            case "BASE_VERSION_CONFLICT" -> model.refuseAsStale(ops);
            case "PATH_TAKEN", "CASE_COLLISION" -> {
                model.refuseForPaths(ops);
                ops.forEach(op -> move(op.fileId(), op.fileId() + "-" + edits++ + ".md"));
            }
            case "VALIDATION_FAILED" -> ops.forEach(op -> move(op.fileId(), op.fileId() + ".md"));
            default -> throw new IllegalStateException(code + " for " + ops);
        }
    }

    /** A whole checkpoint. */
    void pull() {
        session = server.starts();
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
            assertThat(ManifestPages.staleCode(e)).isEqualTo("CURSOR_EPOCH_MISMATCH");
            startAnew();
            return;
        }
        cursor = at;
        pulled.forEach(file -> take(file.fileId(), state(file)));
        assertBasesAreMain();
    }

    private static Model.State state(PulledFile file) {
        return new Model.State(file.version(), file.serverPath(), String.valueOf(file.content()), file.deleted());
    }

    /** The server has become another one: all of main is pulled, and all that differs from it is an edit of this client. */
    private void startAnew() {
        resyncs++;
        cursor = 0;
        Set<String> known = new HashSet<>(files.keySet());
        files.replaceAll((id, file) -> new Local(null, file.path(), file.content(), file.deleted()));
        pull();
        known.stream()
                .filter(id -> files.get(id).base() == null && files.get(id).deleted())
                .forEach(files::remove);
    }

    private void take(String id, Model.State theirs) {
        Local mine = files.get(id);
        seen.computeIfAbsent(id, unknown -> new TreeSet<>()).addAll(theirs.lines());
        if (mine != null && mine.version() == theirs.version() && mine.base() != null) {
            return; // pushed by this client itself
        }
        if (mine == null || !mine.isEdited()) {
            files.put(id, new Local(theirs, theirs.path(), content(theirs, mine), theirs.deleted()));
            return;
        }
        files.put(id, merged(theirs, mine));
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

    /** Right after a pull, what this client takes for main is main. */
    private void assertBasesAreMain() {
        Map<String, String> bases = new TreeMap<>();
        files.forEach((id, file) -> {
            if (file.base() != null) {
                bases.put(id, line(file.base()));
            }
        });
        Map<String, String> main = new TreeMap<>();
        model.files().forEach((id, state) -> main.put(id, line(state)));
        assertThat(bases).isEqualTo(main);
    }

    private static String line(Model.State state) {
        return state.version() + " " + state.path() + " " + (state.deleted() ? "deleted" : state.content());
    }
}
