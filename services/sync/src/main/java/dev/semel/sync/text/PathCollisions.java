package dev.semel.sync.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/** Finds the paths of a set that cannot all be live in one scope. */
public final class PathCollisions {
    /**
     * Two paths of the set.
     *
     * @param path one
     * @param other the one it collides with, which stood before it in the set or is its folder
     * @param kind why
     */
    public record Pair(SyncPath path, SyncPath other, PathCollision kind) {}

    private PathCollisions() {}

    /**
     * The collisions among paths of different files; none means that all can be live. Not every pair is named where more than two
     * paths collide, but every path that has to move. Takes the number of paths times their levels, and its logarithm.
     */
    public static List<Pair> among(Collection<SyncPath> paths) {
        List<Pair> pairs = new ArrayList<>();
        NavigableMap<String, SyncPath> byKey = new TreeMap<>();
        for (SyncPath path : paths) {
            SyncPath other = byKey.putIfAbsent(path.key(), path);
            if (other != null) {
                path.collision(other).ifPresent(kind -> pairs.add(new Pair(path, other, kind)));
            }
        }
        for (SyncPath path : byKey.values()) {
            path.ancestorKeys().stream()
                    .map(byKey::get)
                    .filter(Objects::nonNull)
                    .forEach(folder -> pairs.add(new Pair(path, folder, PathCollision.FILE_AND_FOLDER)));
        }
        return List.copyOf(pairs);
    }
}
