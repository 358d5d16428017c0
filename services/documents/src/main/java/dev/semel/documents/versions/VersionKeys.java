package dev.semel.documents.versions;

import dev.semel.documents.content.ContentHash;
import dev.semel.documents.content.ContentStoring;
import java.util.Map;

/**
 * The key of a version that is uploaded without one: document id and content hash, so that an accidental double upload is one
 * version, whether the content comes in the body or was put before, and however its type is spelled. What else the payload says is part
 * of it: another base version or type is another request.
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
                content == null ? String.valueOf(asked.contentHash()) : ContentHash.of(content),
                String.valueOf(asked.baseVersion()),
                type(asked));
        return "document-version-" + ContentHash.of(parts);
    }

    /** A text that was put before is taken to be UTF-8, as one in the body is, unless its type says otherwise. */
    private static String type(NewVersion asked) {
        String type = String.valueOf(ContentStoring.type(asked));
        return type.startsWith("text/") && !type.contains(";") ? type + ";charset=utf-8" : type;
    }
}
