package dev.semel.sync.merge;

import dev.semel.sync.merge.FrontMatter.Block;
import dev.semel.sync.merge.FrontMatter.Fences;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Merges front matter key by key. To be used once. */
final class FrontMatterMerge {
    private final Three<FrontMatter> fronts;
    private final List<Hunk> hunks;
    private final Map<String, String> merged = new HashMap<>();

    /** Adds what is in conflict to the hunks. */
    FrontMatterMerge(Three<FrontMatter> fronts, List<Hunk> hunks) {
        this.fronts = fronts;
        this.hunks = hunks;
    }

    /** The merged front matter with its fences, which is of no use if there was a conflict. */
    String merge() {
        Optional<String> undisputed = fronts.map(FrontMatter::text).undisputed();
        return undisputed.isPresent() ? undisputed.get() : byKey();
    }

    private String byKey() {
        Three<Map<String, Block>> blocks = fronts.map(FrontMatter::byKey);
        Set<String> keys = new LinkedHashSet<>(fronts.base().keys());
        keys.addAll(fronts.main().keys());
        keys.addAll(fronts.incoming().keys());
        for (String key : keys) {
            Three<Optional<String>> texts =
                    blocks.map(side -> Optional.ofNullable(side.get(key)).map(Block::text));
            texts.undisputed()
                    .ifPresentOrElse(
                            text -> text.ifPresent(lines -> merged.put(key, lines)),
                            () -> hunks.add(Hunk.of(Optional.of(key), fronts.map(front -> front.range(key)))));
        }
        String text = order().stream().map(key -> merged.getOrDefault(key, "")).collect(Collectors.joining());
        return fenced(text + whole(fronts.map(FrontMatter::tail)));
    }

    private String fenced(String text) {
        Fences fences = whole(fronts.map(FrontMatter::fences));
        if (!fences.stand() && !text.isEmpty()) {
            // One side took all its front matter away, and the other had added to it.
            fences = fronts.main().fences().stand()
                    ? fronts.main().fences()
                    : fronts.incoming().fences();
        }
        return fences.open() + text + fences.close();
    }

    /** What is the front matter's as a whole. */
    private <T> T whole(Three<T> sides) {
        Optional<T> undisputed = sides.undisputed();
        if (undisputed.isEmpty()) {
            hunks.add(Hunk.of(Optional.empty(), fronts.map(FrontMatter::range)));
        }
        return undisputed.orElse(sides.main());
    }

    /** The order of the side that changed it, with what the other side added behind what it follows there. */
    private List<String> order() {
        Set<String> common = new LinkedHashSet<>(fronts.base().keys());
        common.retainAll(fronts.main().keys());
        common.retainAll(fronts.incoming().keys());
        Three<List<String>> orders = fronts.map(front -> among(front.keys(), common));
        boolean mainMoved = !orders.main().equals(orders.base());
        whole(orders);
        FrontMatter moved = mainMoved ? fronts.main() : fronts.incoming();
        FrontMatter other = mainMoved ? fronts.incoming() : fronts.main();
        return woven(moved.keys(), other.keys());
    }

    private static List<String> among(List<String> keys, Set<String> some) {
        return keys.stream().filter(some::contains).toList();
    }

    private static List<String> woven(List<String> keys, List<String> others) {
        List<String> woven = new ArrayList<>(keys);
        int behind = 0;
        for (String key : others) {
            int at = woven.indexOf(key);
            if (at < 0) {
                woven.add(behind++, key);
            } else {
                behind = at + 1;
            }
        }
        return woven;
    }
}
