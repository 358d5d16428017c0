package dev.semel.sync.articles;

import dev.semel.RejectedException;
import dev.semel.spring.web.IfMatch;
import org.jspecify.annotations.Nullable;

/** Compares the version that a request states with the one that there is. */
final class DocVersions {
    private DocVersions() {}

    /**
     * Compares both statements of a put.
     *
     * @param stated the payload's version; null if it has none
     * @param actual 0 if there is no such article
     * @throws RejectedException if one of them is another one; with the version that there is
     */
    static void require(@Nullable String ifMatch, @Nullable Long stated, long actual) {
        boolean any = ifMatch != null && ifMatch.strip().equals("*");
        boolean matches =
                ifMatch == null || (any ? actual > 0 : IfMatch.of(ifMatch).matches(actual));
        if (!matches || (stated != null && stated != actual)) {
            throw RejectedException.precondition("The article has another version than the request states.")
                    .with("version", actual);
        }
    }
}
