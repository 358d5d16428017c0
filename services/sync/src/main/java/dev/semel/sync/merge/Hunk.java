package dev.semel.sync.merge;

import java.util.Optional;

/**
 * Lines that were changed on both sides, and differently.
 *
 * @param key the front matter's key, or nothing in the body and where the front matter as a whole is in conflict
 * @param base its lines in the base; without those at its ends that both sides replaced by the same
 * @param main its lines in main
 * @param incoming its lines in what came in
 */
public record Hunk(Optional<String> key, LineRange base, LineRange main, LineRange incoming) {
    static Hunk of(Optional<String> key, Three<LineRange> ranges) {
        return new Hunk(key, ranges.base(), ranges.main(), ranges.incoming());
    }
}
