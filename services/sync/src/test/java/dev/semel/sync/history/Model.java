package dev.semel.sync.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.documents.content.ContentHash;
import dev.semel.sync.push.PushOp;
import dev.semel.sync.text.PathCollisions;
import dev.semel.sync.text.SyncPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What main has to be: plain maps, and no database. Knows besides which edits were accepted and who took them away again. An edit is
 * a line that no other edit has.
 */
final class Model {
    private Map<String, State> files = new TreeMap<>();
    private Map<String, Set<String>> edits = new HashMap<>();
    private Map<String, State> backup = new TreeMap<>();
    private Map<String, Set<String>> editsOfBackup = new HashMap<>();
    private Map<String, Long> changes = new HashMap<>();
    private Map<String, Long> changesOfBackup = new HashMap<>();
    private Set<String> forgotten = new TreeSet<>();
    private Set<String> forgottenOfBackup = new TreeSet<>();
    private long head;
    private long headOfBackup;
    private int overwritten;

    /** A file, or its tombstone. */
    record State(long version, String path, String content, boolean deleted) {
        String hash() {
            return deleted ? PushOp.DELETED : ContentHash.of(content);
        }

        Set<String> lines() {
            return deleted ? Set.of() : new TreeSet<>(content.lines().toList());
        }
    }

    Map<String, State> files() {
        return files;
    }

    @Nullable
    State file(String id) {
        return files.get(id);
    }

    long version(String id) {
        State state = files.get(id);
        return state == null ? 0 : state.version();
    }

    /** Edits that an accepted push took away although its client had never seen them. */
    int overwritten() {
        return overwritten;
    }

    /**
     * A push was accepted.
     *
     * @param seen the lines of each file that its client was ever shown, or wrote itself
     */
    void accept(List<PushOp> ops, Map<String, Set<String>> seen) {
        head++;
        ops.forEach(op -> changes.put(op.fileId(), head));
        ops.forEach(op -> forgotten.remove(op.fileId()));
        for (PushOp op : ops) {
            assertThat(op.baseVersion())
                    .as("an accepted base of " + op.fileId())
                    .isEqualTo(version(op.fileId()));
            State before = files.get(op.fileId());
            State after = op.type().equals("delete")
                    ? new State(before.version() + 1, before.path(), before.content(), true)
                    : new State(op.baseVersion() + 1, op.serverPath(), op.content(), false);
            Set<String> accepted = edits.computeIfAbsent(op.fileId(), id -> new TreeSet<>());
            Set<String> gone = new TreeSet<>(accepted);
            gone.removeAll(after.lines());
            gone.stream()
                    .filter(line -> !seen.getOrDefault(op.fileId(), Set.of()).contains(line))
                    .forEach(line -> overwritten++);
            accepted.clear();
            accepted.addAll(after.lines());
            files.put(op.fileId(), after);
        }
        List<SyncPath> live = files.values().stream()
                .filter(state -> !state.deleted())
                .map(state -> SyncPath.parse(state.path()).value().orElseThrow())
                .toList();
        assertThat(PathCollisions.among(live)).as("paths of live files").isEmpty();
    }

    /** A push was refused: one of its bases was not main's. */
    void refuseAsStale(List<PushOp> ops) {
        assertThat(ops)
                .anyMatch(op -> op.baseVersion() != version(op.fileId())
                        || !hash(op.fileId()).equals(op.baseHash()));
    }

    /** As a client states it that has seen the file. */
    private String hash(String id) {
        State state = files.get(id);
        return state == null ? "" : state.hash();
    }

    /** The number of the last change. */
    long head() {
        return head;
    }

    /** Deletions before that one are forgotten. */
    void forget(long floor) {
        files.forEach((id, state) -> {
            if (state.deleted() && changes.get(id) < floor) {
                forgotten.add(id);
            }
        });
    }

    /** What a client can pull. */
    Map<String, State> pulled() {
        Map<String, State> pulled = new TreeMap<>(files);
        pulled.keySet().removeAll(forgotten);
        return pulled;
    }

    /** A push was refused: its paths collide with those of other live files. */
    void refuseForPaths(List<PushOp> ops) {
        Map<String, State> after = new TreeMap<>(files);
        ops.forEach(op -> after.put(
                op.fileId(),
                new State(0, String.valueOf(op.serverPath()), "", op.type().equals("delete"))));
        List<SyncPath> live = new ArrayList<>();
        after.values().stream()
                .filter(state -> !state.deleted())
                .forEach(state -> live.add(SyncPath.parse(state.path()).value().orElseThrow()));
        assertThat(PathCollisions.among(live)).isNotEmpty();
    }

    void backUp() {
        backup = new TreeMap<>(files);
        editsOfBackup = copy(edits);
        changesOfBackup = new HashMap<>(changes);
        headOfBackup = head;
        forgottenOfBackup = new TreeSet<>(forgotten);
    }

    void restore() {
        files = new TreeMap<>(backup);
        edits = copy(editsOfBackup);
        changes = new HashMap<>(changesOfBackup);
        head = headOfBackup;
        forgotten = new TreeSet<>(forgottenOfBackup);
    }

    private static Map<String, Set<String>> copy(Map<String, Set<String>> edits) {
        Map<String, Set<String>> copy = new HashMap<>();
        edits.forEach((id, lines) -> copy.put(id, new TreeSet<>(lines)));
        return copy;
    }

    /** Every edit that was accepted and that nobody took away knowingly is there. */
    void assertNoEditIsMissing() {
        edits.forEach((id, lines) -> assertThat(files.get(id).lines()).containsAll(lines));
    }
}
