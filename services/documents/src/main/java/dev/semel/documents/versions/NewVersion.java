package dev.semel.documents.versions;

import dev.semel.documents.content.CarriesContent;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/**
 * A version to be created.
 *
 * @param content a text; or else
 * @param contentHash the name of content that was put before
 * @param contentType without it that of the version before
 * @param baseVersion the last version that the client knows; null to append to whatever there is
 */
public record NewVersion(
        @Nullable String content,
        @Nullable String contentHash,
        @Nullable String contentType,
        @Nullable @Positive Long baseVersion)
        implements CarriesContent {
    /** A text, appended to whatever there is. */
    public static NewVersion of(String content) {
        return new NewVersion(content, null, null, null);
    }
}
