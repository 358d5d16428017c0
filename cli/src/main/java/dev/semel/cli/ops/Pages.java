package dev.semel.cli.ops;

import dev.semel.cli.CommandFailure;
import dev.semel.cli.CommandText;
import dev.semel.cli.ExitStatus;
import dev.semel.cli.http.ApiClient;
import dev.semel.cli.http.ApiRequest;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Follows a list from page to page. */
final class Pages {

    private static final int LARGEST_PAGE = 500;

    private final ApiClient client;
    private final CommandText command;

    Pages(ApiClient client, CommandText command) {
        this.client = client;
        this.command = command;
    }

    /** As many items as there are, up to the limit; {@code nextCursor} if there are more. */
    ObjectNode read(String path, Map<String, String> query, int limit) throws InterruptedException {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        ArrayNode items = all.putArray("items");
        Set<String> cursors = new HashSet<>();
        String cursor = "";
        do {
            JsonNode page = client.send(ApiRequest.get(path, query(query, limit - items.size(), cursor)));
            page.path("items").forEach(items::add);
            cursor = page.path("nextCursor").asString("");
            if (!cursors.add(cursor)) {
                throw circle(path);
            }
        } while (!cursor.isEmpty() && items.size() < limit);
        return cursor.isEmpty() ? all.putNull("nextCursor") : all.put("nextCursor", cursor);
    }

    private static Map<String, String> query(Map<String, String> query, int left, String cursor) {
        Map<String, String> page = new TreeMap<>(query);
        page.put("limit", Integer.toString(Math.min(LARGEST_PAGE, left)));
        if (!cursor.isEmpty()) {
            page.put("cursor", cursor);
        }
        return page;
    }

    private CommandFailure circle(String path) {
        return new CommandFailure(
                ExitStatus.ERROR,
                "UNEXPECTED_ANSWER",
                path + " goes in circles: the same nextCursor came twice.",
                command.toString());
    }
}
