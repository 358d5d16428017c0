package dev.semel.documents.reading;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Entity tags in {@code If-None-Match}. */
final class EntityTags {
    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[\\x21\\x23-\\x7E]*\")");

    private EntityTags() {}

    /** Whether one of them is the tag, weak or strong, or any will do. */
    static boolean match(List<String> headers, String tag) {
        return headers.stream().anyMatch(header -> header.strip().equals("*") || names(header, tag));
    }

    private static boolean names(String header, String tag) {
        return TAG.matcher(header)
                .results()
                .map((MatchResult found) -> found.group(1))
                .anyMatch(tag::equals);
    }
}
