package dev.semel.sync.articles;

import dev.semel.sync.text.FileId;
import java.util.Map;

/**
 * What writes of articles wait for, so that they do it without a connection: for the article, or for the paths. The scope is not known
 * before a connection is had, so that those who move files of one tenant wait for each other in all scopes; they are few.
 */
final class DocTurns {
    private static final String PATHS = "paths of articles";

    private DocTurns() {}

    static String put(PutDoc asked, Map<String, String> variables) {
        return asked.serverPath() == null ? article(variables) : PATHS;
    }

    static String delete(DeleteDoc asked, Map<String, String> variables) {
        return FileId.ofJrn(String.valueOf(variables.get("jrn"))).isPresent() ? PATHS : article(variables);
    }

    private static String article(Map<String, String> variables) {
        return "article/" + variables.get("jrn");
    }
}
