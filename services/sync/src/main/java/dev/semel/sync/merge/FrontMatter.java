package dev.semel.sync.merge;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The YAML between two fences at a file's top, cut into the lines of its keys. Nothing is parsed or written anew: comments, quotes and
 * order stay as their author wrote them.
 *
 * @param fences the fences' lines
 * @param blocks the lines of each key
 * @param tail the lines after the last block: comments and blank lines
 */
record FrontMatter(Fences fences, List<Block> blocks, String tail) {
    static final FrontMatter NONE = new FrontMatter(new Fences("", ""), List.of(), "");

    /** The lines around front matter, which are empty if there is none. */
    record Fences(String open, String close) {
        boolean stand() {
            return !open.isEmpty();
        }
    }

    /**
     * The lines of one key.
     *
     * @param key the key without quotes
     * @param firstLine the number of its first line in the file
     * @param text comments and blank lines above the key's line, the line, and what belongs to it below
     */
    record Block(String key, int firstLine, String text) {
        LineRange range() {
            return new LineRange(firstLine, lines(text));
        }
    }

    String text() {
        return fences.open() + blocks.stream().map(Block::text).collect(Collectors.joining()) + tail + fences.close();
    }

    int lineCount() {
        return lines(text());
    }

    List<String> keys() {
        return blocks.stream().map(Block::key).toList();
    }

    Map<String, Block> byKey() {
        return blocks.stream().collect(Collectors.toMap(Block::key, Function.identity()));
    }

    /** The lines of a key; if there are none: where they would be. */
    LineRange range(String key) {
        return Optional.ofNullable(byKey().get(key))
                .map(Block::range)
                .orElseGet(() -> new LineRange(Math.max(1, lineCount()), 0));
    }

    /** All its lines. */
    LineRange range() {
        return new LineRange(1, lineCount());
    }

    private static int lines(String text) {
        return Lines.split(text).size();
    }
}
