package dev.semel.maven;

import dev.semel.maven.internal.Classes;
import dev.semel.maven.internal.ExemptionCheck;
import dev.semel.maven.internal.HandlerCheck;
import dev.semel.maven.internal.Manifest;
import dev.semel.maven.internal.OperationCheck;
import dev.semel.maven.internal.Operations;
import dev.semel.maven.internal.Routes;
import dev.semel.maven.internal.SqlCheck;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Holds compiled classes against the write contract. Reads files only: loads no class, opens no connection. */
public final class Verifier {
    private Verifier() {}

    /**
     * Reads the project. Costs about a second for a thousand classes.
     *
     * @throws IOException if a file cannot be read
     */
    public static Report verify(Project project) throws IOException {
        try (Classes classes = Classes.read(project)) {
            Operations operations = Operations.in(classes);
            Routes routes = Routes.in(classes);
            List<Violation> violations = new ArrayList<>(routes.violations(operations));
            violations.addAll(new OperationCheck(classes, operations, routes).violations());
            violations.addAll(new HandlerCheck(classes, project.outgoing()).violations());
            violations.addAll(new SqlCheck(classes).violations());
            violations.addAll(ExemptionCheck.violations(classes));
            return new Report(sorted(violations), Manifest.of(operations, routes));
        }
    }

    private static List<Violation> sorted(List<Violation> violations) {
        return violations.stream()
                .distinct()
                .sorted(Comparator.comparing(Violation::code)
                        .thenComparing(violation -> violation.place().file())
                        .thenComparing(violation -> violation.place().line())
                        .thenComparing(Violation::message))
                .toList();
    }
}
