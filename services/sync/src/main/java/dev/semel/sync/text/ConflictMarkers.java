package dev.semel.sync.text;

import java.util.OptionalInt;

/** Finds what an unfinished merge leaves in a text. */
final class ConflictMarkers {
    private static final int WIDTH = 7;

    private ConflictMarkers() {}

    static OptionalInt firstLine(byte[] text) {
        int opened = 0;
        int line = 1;
        for (int at = 0; at < text.length; at = next(text, at), line++) {
            if (opened == 0 && isMarker(text, at, '<')) {
                opened = line;
            } else if (opened != 0 && (isMarker(text, at, '>') || isMarker(text, at, '='))) {
                return OptionalInt.of(opened);
            }
        }
        return OptionalInt.empty();
    }

    private static int next(byte[] text, int at) {
        int next = at;
        while (next < text.length && text[next] != '\n') {
            next++;
        }
        return next + 1;
    }

    private static boolean isMarker(byte[] text, int at, char sign) {
        for (int i = at; i < at + WIDTH; i++) {
            if (i >= text.length || text[i] != sign) {
                return false;
            }
        }
        int end = at + WIDTH;
        return end == text.length || text[end] == '\n' || text[end] == ' ';
    }
}
