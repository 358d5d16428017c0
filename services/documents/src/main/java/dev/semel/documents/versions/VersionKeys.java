package dev.semel.documents.versions;

import dev.semel.documents.content.ContentHash;
import java.util.Map;

/**
 * The key of a version that is uploaded without one: document id and content hash, so that an accidental double upload is one
 * version. What else the payload says is part of it: another base version or type is another request.
 */
public final class VersionKeys {
    /** For the registry. */
    public static final String DESCRIPTION = "document id + content hash (+ base version, content type)";

    private VersionKeys() {}

    /** @param variables {@code id} is the document's, as the path has it */
    public static String derive(NewVersion asked, Map<String, String> variables) {
        String content = asked.content();
        String parts = String.join(
                "\n",
                String.valueOf(variables.get("id")),
                content == null ? "named " + asked.contentHash() : ContentHash.of(content),
                String.valueOf(asked.baseVersion()),
                String.valueOf(asked.contentType()));
        return "document-version-" + ContentHash.of(parts);
    }
}
