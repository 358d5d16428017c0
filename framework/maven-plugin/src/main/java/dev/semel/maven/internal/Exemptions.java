package dev.semel.maven.internal;

import java.util.List;
import org.objectweb.asm.tree.AnnotationNode;

/** Reads {@link dev.semel.Exempt}. One without a reason exempts all the same: it is a finding of its own. */
final class Exemptions {
    static final String EXEMPT = "Ldev/semel/Exempt;";
    static final String UNGATED = "Ldev/semel/spring/Ungated;";

    private Exemptions() {}

    static List<String> of(List<AnnotationNode> annotations) {
        return Annotations.find(annotations, EXEMPT)
                .map(exempt -> Annotations.texts(exempt, "value"))
                .orElse(List.of());
    }
}
