package dev.semel.documents.versions;

import dev.semel.spring.web.PathIds;
import java.util.regex.Pattern;

/** Numbers of versions in paths and queries. */
public final class VersionNumbers {
    private static final Pattern SHAPE = Pattern.compile("[1-9][0-9]{0,17}");

    private VersionNumbers() {}

    /**
     * The number. What is none names nothing, so it is not found.
     *
     * @throws dev.semel.RejectedException if it is no number of a version
     */
    public static long parse(String number) {
        if (!SHAPE.matcher(number).matches()) {
            throw PathIds.notFound("version");
        }
        return Long.parseLong(number);
    }
}
