package dev.semel.sync.text;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file's identity in its scope, chosen by the client that made it: 1 to {@value #MAX_LENGTH} of {@code A-Z a-z 0-9 . _ ~ -}. It stays when
 * the path changes. It stands in the article's JRN as it is, so nothing that is a separator there can be in it. Immutable.
 */
public final class FileId implements Comparable<FileId> {
    /** The code of a refusal. */
    public static final String INVALID = "FILE_ID_INVALID";

    /** Most characters. */
    public static final int MAX_LENGTH = 128;

    /** What an id looks like, as a pattern for members of payloads. */
    public static final String SHAPE = "[A-Za-z0-9._~-]{1," + MAX_LENGTH + "}";

    /** The message for {@link #SHAPE}. */
    public static final String MESSAGE = "must be 1 to 128 of A-Z a-z 0-9 . _ ~ -";

    /** What the JRN of every file's article begins with. */
    public static final String JRN_PREFIX = "jrn:/global:docs:article/sync-";

    private static final Pattern PATTERN = Pattern.compile(SHAPE);

    private final String text;

    private FileId(String text) {
        this.text = text;
    }

    /** Reads an id. */
    public static Checked<FileId> parse(String text) {
        if (PATTERN.matcher(text).matches()) {
            return Checked.good(new FileId(text));
        }
        return Checked.refused(new Refusal(INVALID, "SHAPE", "A file's id " + MESSAGE + "."));
    }

    /** The id that a JRN names, or nothing if it is not the JRN of a file. */
    public static Optional<FileId> ofJrn(String jrn) {
        return jrn.startsWith(JRN_PREFIX)
                ? parse(jrn.substring(JRN_PREFIX.length())).value()
                : Optional.empty();
    }

    /** The JRN of the file's article. */
    public String jrn() {
        return JRN_PREFIX + text;
    }

    /** The id as it was given. */
    public String text() {
        return text;
    }

    /** By the bytes of the text, which are its characters. */
    @Override
    public int compareTo(FileId other) {
        return text.compareTo(other.text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileId id && text.equals(id.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The id's text. */
    @Override
    public String toString() {
        return text;
    }
}
