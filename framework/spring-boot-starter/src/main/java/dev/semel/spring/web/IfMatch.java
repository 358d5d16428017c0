package dev.semel.spring.web;

import dev.semel.InvalidPayloadException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The versions that a request would change, as its header {@code If-Match} names them. Immutable.
 *
 * @param any whether it does not matter
 * @param tags the strong tags, unquoted
 */
public record IfMatch(boolean any, Set<String> tags) {
    private static final int MAX_LENGTH = 1000;
    /** A tag, strong or weak; a bare number is taken for its tag. */
    private static final String TAG = "(?:(?:W/)?\"[\\x21\\x23-\\x7E]*\"|[0-9]+)";

    private static final Pattern LIST = Pattern.compile(TAG + "(?:[ \\t]*,[ \\t]*" + TAG + ")*+");
    private static final Pattern ONE = Pattern.compile(TAG);

    /** Copies the tags. */
    public IfMatch {
        tags = Set.copyOf(tags);
    }

    /**
     * Reads the header.
     *
     * @param header null if there is none
     * @throws InvalidPayloadException if it is no such header
     */
    public static IfMatch of(@Nullable String header) {
        if (header == null || header.strip().equals("*")) {
            return new IfMatch(true, Set.of());
        }
        String list = header.strip();
        if (list.length() > MAX_LENGTH || !LIST.matcher(list).matches()) {
            throw InvalidPayloadException.invalid("", "The header If-Match is not a list of entity tags.");
        }
        return new IfMatch(false, strong(ONE.matcher(list)));
    }

    /** Weak tags match nothing. */
    private static Set<String> strong(Matcher tags) {
        Stream<String> found = tags.results().map(tag -> tag.group());
        return found.filter(tag -> !tag.startsWith("W/"))
                .map(tag -> tag.replace("\"", ""))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a thing of that version is meant. */
    public boolean matches(long version) {
        return any || tags.contains(String.valueOf(version));
    }
}
