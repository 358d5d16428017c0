package dev.semel.maven.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mapped controller method.
 *
 * @param mapping its methods of HTTP, none for any; at least one path
 * @param gate the operation that it is bound to; null without a gate
 * @param mapped where the mapping stands
 * @param member what carries it out; another one if the mapping stands at an interface or an overridden method
 */
record Route(Mapping mapping, @Nullable String gate, Member mapped, Member member) {
    private static final List<String> SAFE = List.of("GET", "HEAD", "OPTIONS", "TRACE");

    boolean mutates() {
        return mapping.methods().isEmpty() || !SAFE.containsAll(mapping.methods());
    }

    List<String> names() {
        List<String> verbs = mapping.methods().isEmpty() ? List.of("ANY") : mapping.methods();
        return verbs.stream()
                .flatMap(verb -> mapping.paths().stream().map(path -> verb + " " + path))
                .toList();
    }
}
