package dev.semel.maven.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AnnotationNode;

/** Reads annotations. */
final class Annotations {
    private Annotations() {}

    static List<AnnotationNode> all(@Nullable List<AnnotationNode> visible, @Nullable List<AnnotationNode> invisible) {
        List<AnnotationNode> all = new ArrayList<>();
        if (visible != null) {
            all.addAll(visible);
        }
        if (invisible != null) {
            all.addAll(invisible);
        }
        return all;
    }

    static Optional<AnnotationNode> find(List<AnnotationNode> annotations, String descriptor) {
        return annotations.stream().filter(one -> one.desc.equals(descriptor)).findFirst();
    }

    static @Nullable Object value(AnnotationNode annotation, String name) {
        for (int i = 0; annotation.values != null && i < annotation.values.size(); i += 2) {
            if (name.equals(annotation.values.get(i))) {
                return annotation.values.get(i + 1);
            }
        }
        return null;
    }

    static String text(AnnotationNode annotation, String name) {
        return value(annotation, name) instanceof String text ? text : "";
    }

    /** Of an array: texts as they are, enum constants by their names. */
    static List<String> texts(AnnotationNode annotation, String name) {
        if (!(value(annotation, name) instanceof List<?> values)) {
            return List.of();
        }
        return values.stream()
                .map(value -> value instanceof String[] constant ? constant[1] : String.valueOf(value))
                .toList();
    }
}
