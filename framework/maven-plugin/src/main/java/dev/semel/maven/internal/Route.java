package dev.semel.maven.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mapped controller method.
 *
 * @param methods of HTTP; empty for any
 * @param paths at least one
 * @param gate the operation that it is bound to; null without a gate
 */
record Route(
        List<String> methods, List<String> paths, @Nullable String gate, Member member) {
    private static final List<String> SAFE = List.of("GET", "HEAD", "OPTIONS", "TRACE");

    boolean mutates() {
        return methods.isEmpty() || !SAFE.containsAll(methods);
    }

    List<String> names() {
        List<String> verbs = methods.isEmpty() ? List.of("ANY") : methods;
        return verbs.stream()
                .flatMap(verb -> paths.stream().map(path -> verb + " " + path))
                .toList();
    }
}
