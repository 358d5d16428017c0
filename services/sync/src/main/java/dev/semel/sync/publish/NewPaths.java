package dev.semel.sync.publish;

import dev.semel.sync.text.PathCollision;
import dev.semel.sync.text.SyncPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Paths that files are to be given, found by a path that is not free after all. Used once, by one thread. */
final class NewPaths {
    private final Map<String, SyncPath> byFile = new HashMap<>();
    private final Map<String, List<String>> byKey = new HashMap<>();
    private final Map<String, List<String>> byFolder = new HashMap<>();

    void add(String fileId, SyncPath path) {
        byFile.put(fileId, path);
        byKey.computeIfAbsent(path.key(), key -> new ArrayList<>()).add(fileId);
        path.ancestorKeys()
                .forEach(folder -> byFolder.computeIfAbsent(folder, key -> new ArrayList<>())
                        .add(fileId));
    }

    /** Files that cannot have their path beside that one, and how they collide. Takes as long as there are levels and such files. */
    Map<String, PathCollision> beside(SyncPath kept) {
        Set<String> near = new HashSet<>(byKey.getOrDefault(kept.key(), List.of()));
        near.addAll(byFolder.getOrDefault(kept.key(), List.of()));
        kept.ancestorKeys().forEach(folder -> near.addAll(byKey.getOrDefault(folder, List.of())));
        Map<String, PathCollision> colliding = new HashMap<>();
        for (String fileId : near) {
            SyncPath path = byFile.get(fileId);
            if (path != null) {
                path.collision(kept).ifPresent(collision -> colliding.put(fileId, collision));
            }
        }
        return colliding;
    }
}
