package dev.semel.maven.internal;

import dev.semel.maven.Code;
import dev.semel.maven.Place;
import dev.semel.maven.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;

/** Every exemption says why, and names checks that there are. */
public final class ExemptionCheck {
    private static final Set<String> CODES =
            Arrays.stream(Code.values()).map(Code::name).collect(Collectors.toSet());

    private final List<Violation> violations = new ArrayList<>();

    private ExemptionCheck() {}

    /** What is wrong. */
    public static List<Violation> violations(Classes classes) {
        ExemptionCheck check = new ExemptionCheck();
        classes.types().forEach(type -> check.read(classes, type));
        return check.violations;
    }

    private void read(Classes classes, ClassNode type) {
        check(Classes.annotations(type), classes.place(type, ""));
        type.fields.forEach(field -> check(Classes.annotations(field), classes.place(type, field.name)));
        Classes.members(type).forEach(member -> check(member.annotations(), classes.place(member, null)));
    }

    private void check(List<AnnotationNode> annotations, Place place) {
        Annotations.find(annotations, Exemptions.UNGATED)
                .filter(ungated -> Annotations.text(ungated, "value").isBlank())
                .ifPresent(ungated -> add("@Ungated gives no reason: say why a repeated request does no harm", place));
        Annotations.find(annotations, Exemptions.EXEMPT).ifPresent(exempt -> checkExempt(exempt, place));
    }

    private void checkExempt(AnnotationNode exempt, Place place) {
        if (Annotations.text(exempt, "reason").isBlank()) {
            add("@Exempt gives no reason: say why the rule does no good here", place);
        }
        Annotations.texts(exempt, "value").stream()
                .filter(code -> !CODES.contains(code) || Code.SEMEL011.name().equals(code))
                .forEach(code -> add("@Exempt names " + code + ": there is no such check to be exempt from", place));
    }

    private void add(String message, Place place) {
        violations.add(new Violation(Code.SEMEL011, message, place));
    }
}
