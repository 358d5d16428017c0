package dev.semel.sync.merge;

import dev.semel.sync.merge.FrontMatter.Block;
import dev.semel.sync.merge.FrontMatter.Fences;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads front matter of at most {@value #MAX_LINES} lines. To be used once. */
final class FrontMatterReader {
    static final int MAX_LINES = 1000;

    /** What there is. */
    enum Found {
        /** The text does not begin with front matter. */
        NONE,
        /** It does, but with lines of which it is not clear to which key they belong. */
        UNCLEAR,
        /** It does. */
        READ
    }

    private final String text;
    private final List<Block> blocks = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private final StringBuilder pending = new StringBuilder();
    private final StringBuilder block = new StringBuilder();
    private Fences fences = new Fences("", "");
    private String key = "";
    private int from;
    private int line = 1;
    private int pendingFrom = 2;
    private int at;

    FrontMatterReader(String text) {
        this.text = text;
    }

    Found read() {
        String open = next();
        if (!open.stripTrailing().equals("---")) {
            return Found.NONE;
        }
        for (String next = next(); !next.isEmpty(); next = next()) {
            String bare = next.stripTrailing();
            if (bare.equals("---") || bare.equals("...")) {
                finish();
                fences = new Fences(open, next);
                return Found.READ;
            }
            if (line++ > MAX_LINES || !take(next)) {
                return unclear();
            }
        }
        return Found.NONE;
    }

    FrontMatter front() {
        return new FrontMatter(fences, List.copyOf(blocks), pending.toString());
    }

    String rest() {
        return text.substring(at);
    }

    /** A fence that is never closed is a line of Markdown. */
    private Found unclear() {
        for (String next = next(); !next.isEmpty(); next = next()) {
            if (next.stripTrailing().equals("---") || next.stripTrailing().equals("...")) {
                return Found.UNCLEAR;
            }
        }
        return Found.NONE;
    }

    /** The next line with its end; empty after the last one. */
    private String next() {
        int end = text.indexOf('\n', at);
        int start = at;
        at = end < 0 ? text.length() : end + 1;
        return text.substring(start, at);
    }

    private boolean take(String next) {
        if (next.isBlank() || next.startsWith("#")) {
            hold(next);
            return true;
        }
        if (next.startsWith(" ")
                || next.startsWith("\t")
                || next.startsWith("- ")
                || next.stripTrailing().equals("-")) {
            return goOn(next);
        }
        String begun = YamlKeys.of(next.stripTrailing());
        return !begun.isEmpty() && keys.add(begun) && begin(begun, next);
    }

    private void hold(String next) {
        if (pending.isEmpty()) {
            pendingFrom = line;
        }
        pending.append(next);
    }

    private boolean begin(String begun, String next) {
        finish();
        key = begun;
        from = pending.isEmpty() ? line : pendingFrom;
        return goOn(next);
    }

    private boolean goOn(String next) {
        block.append(pending).append(next);
        pending.setLength(0);
        return !key.isEmpty();
    }

    private void finish() {
        if (!key.isEmpty()) {
            blocks.add(new Block(key, from, block.toString()));
            block.setLength(0);
        }
    }
}
