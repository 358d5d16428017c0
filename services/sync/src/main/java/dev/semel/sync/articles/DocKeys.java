package dev.semel.sync.articles;

import dev.semel.documents.content.ContentHash;
import java.util.Map;

/**
 * The keys of writes of articles that bring none: name, version and content hash, so that the same edit of the same version is one
 * write. The version is the payload's or the header's; a delete that states none is of the version that it finds.
 */
public final class DocKeys {
    /** For the registry. */
    public static final String DESCRIPTION = "JRN + version + content hash";

    private DocKeys() {}

    /** @param variables with those of {@link DocVariables} */
    public static String put(PutDoc asked, Map<String, String> variables) {
        return derive(
                "put", variables, asked.version() + "\n" + asked.serverPath() + "\n" + ContentHash.of(asked.content()));
    }

    /** @param variables with those of {@link DocVariables} */
    public static String delete(DeleteDoc asked, Map<String, String> variables) {
        return derive("delete", variables, "");
    }

    /** A variable's value cannot be taken for a name: each stands behind its length. */
    private static String derive(String what, Map<String, String> variables, String rest) {
        StringBuilder parts = new StringBuilder(what);
        variables.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(variable -> parts.append('\n')
                        .append(variable.getKey().length())
                        .append(' ')
                        .append(variable.getValue().length())
                        .append(' ')
                        .append(variable.getKey())
                        .append(variable.getValue()));
        return "doc-" + what + "-"
                + ContentHash.of(parts.append('\n').append(rest).toString());
    }
}
