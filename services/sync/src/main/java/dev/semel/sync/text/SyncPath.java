package dev.semel.sync.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where a file lies in its scope: relative, with {@code /}, and a name that every client can write to its disk. Two paths are equal
 * if their texts are; they collide if a disk that does not tell upper from lower case cannot hold both. Immutable.
 */
public final class SyncPath implements Comparable<SyncPath> {
    /** The code of every refusal; its rule is a {@link PathRule}. */
    public static final String INVALID = "PATH_INVALID";

    /** Most bytes of a path as UTF-8. */
    public static final int MAX_BYTES = 1024;

    /** Most bytes of a name between two slashes, as UTF-8. */
    public static final int MAX_SEGMENT_BYTES = 255;

    /** Most names. */
    public static final int MAX_LEVELS = 32;

    /** The folder in which a client keeps its state. */
    public static final String STATE_FOLDER = ".semel";

    private final String text;
    private final String key;

    private SyncPath(String text, String key) {
        this.text = text;
        this.key = key;
    }

    /**
     * Reads a path. The input is taken as it is or refused, never mended: a client that composes names differently says so.
     *
     * @return the path, or the first {@link PathRule} that it breaks. Linear in the text, and constant for one that is too long
     */
    public static Checked<SyncPath> parse(String text) {
        Optional<PathRule> broken = PathRules.broken(text);
        return broken.isPresent() ? broken.get().refused() : Checked.good(new SyncPath(text, PathKeys.of(text)));
    }

    /** The path as it was given. */
    public String text() {
        return text;
    }

    /**
     * What has to be unique among the live files of a scope: the composed form after full case folding, without the marks that only
     * choose between an emoji's looks. {@code Straße} and {@code STRASSE} have one key. Does not depend on locale or JDK.
     */
    public String key() {
        return key;
    }

    /** The keys of the folders it lies in, the outermost first. No live file may have one of them. */
    public List<String> ancestorKeys() {
        List<String> ancestors = new ArrayList<>();
        for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
            ancestors.add(key.substring(0, slash));
        }
        return List.copyOf(ancestors);
    }

    /** What the keys of all paths begin with that lie below this one. No live file may have such a key. */
    public String descendantPrefix() {
        return key + "/";
    }

    /** How this path and the other one, of another file, keep each other from being live in one scope. */
    public Optional<PathCollision> collision(SyncPath other) {
        if (key.equals(other.key)) {
            return Optional.of(text.equals(other.text) ? PathCollision.SAME_PATH : PathCollision.SAME_KEY);
        }
        boolean nested = key.startsWith(other.descendantPrefix()) || other.key.startsWith(descendantPrefix());
        return nested ? Optional.of(PathCollision.FILE_AND_FOLDER) : Optional.empty();
    }

    /** By the bytes of the text as UTF-8. */
    @Override
    public int compareTo(SyncPath other) {
        return Arrays.compareUnsigned(
                text.getBytes(StandardCharsets.UTF_8), other.text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SyncPath path && text.equals(path.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The path's text. */
    @Override
    public String toString() {
        return text;
    }
}
