package dev.semel.server;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The operations of the books, as their reviewed manifest lists them: what is to be tested of all of them is held against it. */
final class BooksManifest {
    static final Path MODULE = Path.of("..", "services", "books");

    private BooksManifest() {}

    static Set<String> operations() {
        return operations(route -> true);
    }

    /** Those with such a route, as {@code POST /api/items/{id}/adjustments}. */
    static Set<String> operations(Predicate<String> route) {
        return operations(MODULE, route);
    }

    /** Those of another module. */
    static Set<String> operations(Path module, Predicate<String> route) {
        JsonNode manifest = new JsonMapper().readTree(module.resolve("semel-operations.json"));
        Set<String> names = new TreeSet<>();
        manifest.path("operations").forEach(operation -> {
            if (operation.path("routes").valueStream().map(JsonNode::asString).anyMatch(route)) {
                names.add(operation.path("name").asString());
            }
        });
        return names;
    }
}
