package dev.semel.documents.versions;

import dev.semel.documents.content.CarriesContent;
import dev.semel.spring.web.Texts;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A document to be created, with its first version.
 *
 * @param title 1 to 200 characters of any script
 * @param content a text; or else
 * @param contentHash the name of content that was put before
 * @param contentType without it {@code text/plain}, for content that was put before {@code application/octet-stream}
 */
public record NewDocument(
        @NotBlank @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE)
        String title,

        @Nullable String content,
        @Nullable String contentHash,
        @Nullable String contentType)
        implements CarriesContent {}
