package dev.semel.maven.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;

/** What Spring's mapping annotations say, also those that stand on an annotation of somebody's own. */
record Mapping(List<String> methods, List<String> paths) {
    private static final String PACKAGE = "org/springframework/web/bind/annotation/";
    private static final String GENERAL = "L" + PACKAGE + "RequestMapping;";

    static Optional<Mapping> of(List<AnnotationNode> annotations, Classes classes) {
        return of(annotations, classes, new HashSet<>());
    }

    private static Optional<Mapping> of(List<AnnotationNode> annotations, Classes classes, Set<String> seen) {
        return annotations.stream()
                .flatMap(annotation -> of(annotation, classes, seen).stream())
                .findFirst();
    }

    private static Optional<Mapping> of(AnnotationNode annotation, Classes classes, Set<String> seen) {
        if (annotation.desc.equals(GENERAL)) {
            return Optional.of(new Mapping(Annotations.texts(annotation, "method"), paths(annotation)));
        }
        if (annotation.desc.startsWith("Ljava/lang/") || !seen.add(annotation.desc)) {
            return Optional.empty();
        }
        return classes.find(Type.getType(annotation.desc).getInternalName())
                .flatMap(type -> of(Classes.annotations(type), classes, seen))
                .map(meta -> new Mapping(meta.methods, paths(annotation).isEmpty() ? meta.paths : paths(annotation)));
    }

    private static List<String> paths(AnnotationNode annotation) {
        return Stream.of("value", "path")
                .flatMap(name -> Annotations.texts(annotation, name).stream())
                .toList();
    }

    Mapping under(Mapping type) {
        List<String> all = Stream.concat(type.methods.stream(), methods.stream())
                .distinct()
                .toList();
        return new Mapping(
                all,
                or(type.paths).stream()
                        .flatMap(start -> or(paths).stream().map(end -> joined(start, end)))
                        .toList());
    }

    private static List<String> or(List<String> paths) {
        return paths.isEmpty() ? List.of("") : paths;
    }

    private static String joined(String start, String end) {
        String path = start + (end.isEmpty() || end.startsWith("/") ? end : "/" + end);
        return path.isEmpty() || path.startsWith("/") ? path : "/" + path;
    }
}
