package dev.semel.maven;

import dev.semel.maven.internal.Manifest;
import dev.semel.maven.internal.Reports;
import java.util.List;

/**
 * What one verification found. Immutable.
 *
 * @param violations sorted by code and place
 * @param manifest the operations as JSON, sorted, as it should stand in the manifest file
 */
public record Report(List<Violation> violations, String manifest) {
    /** Copies the violations. */
    public Report {
        violations = List.copyOf(violations);
    }

    /** For a console: one block per violation, then the count. */
    public String text() {
        return Reports.text(violations);
    }

    /** As JSON: {@code {"violations":[{code, title, message, class, member, file, line}]}}. */
    public String json() {
        return Reports.json(violations);
    }

    /** As SARIF 2.1.0, which code hosts show beside the changed lines. */
    public String sarif() {
        return Reports.sarif(violations);
    }

    /** This report and {@link Code#SEMEL012} if the reviewed manifest says something else. */
    public Report comparedWith(Reviewed reviewed) {
        return Manifest.compare(this, reviewed);
    }

    /**
     * The manifest that was reviewed.
     *
     * @param file its path relative to the project
     * @param content empty if there is none
     */
    public record Reviewed(String file, String content) {}
}
