package dev.semel.cli.ops;

import dev.semel.audit.AuditFinding;
import dev.semel.audit.AuditFinding.ChainBroken;
import dev.semel.audit.AuditFinding.FileBroken;
import dev.semel.audit.AuditFinding.RowChanged;
import dev.semel.audit.AuditFinding.RowInserted;
import dev.semel.audit.AuditFinding.RowMissing;
import dev.semel.audit.AuditFinding.SealBroken;
import dev.semel.audit.AuditVerification;
import dev.semel.cli.CommandFailure;
import dev.semel.cli.ExitStatus;
import dev.semel.cli.output.Output;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a verification came to: each finding on a line that names its row. */
record VerificationReport(AuditVerification found) {

    /**
     * Prints it.
     *
     * @throws CommandFailure with the status of differences, if there are any
     */
    int print(Output output) {
        output.one(json(), lines());
        if (!found.intact()) {
            throw new CommandFailure(
                    ExitStatus.DIFFERENCES,
                    "AUDIT_DIFFERS",
                    found.findingCount() + (found.findingCount() == 1 ? " difference" : " differences")
                            + " between the rows and their seals.",
                    "pg_dump -n semel ... > evidence.sql   (keep it as it is now; then docs/operations.md, \"Audit log\")");
        }
        return ExitStatus.DONE.code();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        found.heads()
                .forEach(head -> lines.add(head.month() + "  " + head.seals()
                        + (head.seals() == 1 ? " seal" : " seals") + ", head " + head.hash()
                        + (found.detached().contains(head.month()) ? ", rows not in the log any more" : "")));
        found.findings().forEach(finding -> lines.add("DIFFERS  " + line(finding)));
        if (found.findingCount() > found.findings().size()) {
            lines.add("And " + (found.findingCount() - found.findings().size()) + " more.");
        }
        lines.add(found.verifiedRows() + " rows are as they were when they were sealed; " + found.unsealedRows()
                + " are not sealed yet.");
        return lines;
    }

    private static String line(AuditFinding finding) {
        String month = finding.month() + "  ";
        if (finding instanceof RowChanged row) {
            return month + "row " + row.id() + " of tenant " + row.tenant() + " was changed";
        }
        if (finding instanceof RowMissing row) {
            return month + "row " + row.id() + " of tenant " + row.tenant() + " is missing";
        }
        if (finding instanceof RowInserted row) {
            return month + "row " + row.id() + " of tenant " + row.tenant() + " was inserted later";
        }
        if (finding instanceof SealBroken seal) {
            return month + "seal " + seal.number() + " is not what it was";
        }
        if (finding instanceof ChainBroken chain) {
            return month + chain.why();
        }
        if (finding instanceof FileBroken file) {
            return month + "file " + file.file() + ": " + file.why();
        }
        throw new IllegalStateException("a finding without words: " + finding.getClass());
    }

    private ObjectNode json() {
        ObjectNode report = JsonNodeFactory.instance
                .objectNode()
                .put("intact", found.intact())
                .put("verifiedRows", found.verifiedRows())
                .put("unsealedRows", found.unsealedRows())
                .put("findingCount", found.findingCount());
        ArrayNode heads = report.putArray("heads");
        found.heads()
                .forEach(head -> heads.addObject()
                        .put("month", head.month().toString())
                        .put("seals", head.seals())
                        .put("hash", head.hash()));
        ArrayNode detached = report.putArray("detached");
        found.detached().forEach(month -> detached.add(month.toString()));
        ArrayNode findings = report.putArray("findings");
        found.findings().forEach(finding -> describe(finding, findings.addObject()));
        return report;
    }

    private static void describe(AuditFinding finding, ObjectNode json) {
        json.put("kind", finding.getClass().getSimpleName())
                .put("month", finding.month().toString())
                .put("text", line(finding));
        if (finding instanceof RowChanged row) {
            json.put("tenant", row.tenant()).put("id", row.id());
        } else if (finding instanceof RowMissing row) {
            json.put("tenant", row.tenant()).put("id", row.id());
        } else if (finding instanceof RowInserted row) {
            json.put("tenant", row.tenant()).put("id", row.id());
        }
    }
}
