package dev.semel.sync.merge;

/** Finds the key of a line at the outermost level of a YAML mapping. */
final class YamlKeys {
    // What begins with one of these is no plain key, or one that it takes a parser to tell.
    private static final String NO_KEY = "#-[]{},&*!|>%@`?:";

    private YamlKeys() {}

    /** The key without its quotes; empty if the line has none. */
    static String of(String line) {
        char first = line.charAt(0);
        if (first == '"' || first == '\'') {
            int quote = line.indexOf(first, 1);
            return quote > 1 && ends(line, quote + 1) ? line.substring(1, quote) : "";
        }
        int colon = line.indexOf(':');
        return NO_KEY.indexOf(first) < 0 && ends(line, colon)
                ? line.substring(0, colon).strip()
                : "";
    }

    private static boolean ends(String line, int colon) {
        boolean stands = colon > 0 && colon < line.length() && line.charAt(colon) == ':';
        return stands && (colon + 1 == line.length() || Character.isWhitespace(line.charAt(colon + 1)));
    }
}
