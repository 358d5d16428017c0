package dev.semel.maven.internal;

import dev.semel.maven.Code;
import dev.semel.maven.Place;
import dev.semel.maven.Report;
import dev.semel.maven.Report.Reviewed;
import dev.semel.maven.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The registry as a file that reviews read. */
public final class Manifest {
    private static final String ACCEPT = "review the change and accept it with -Dsemel.manifest.update";

    private Manifest() {}

    /** Sorted by name, one line per member. */
    public static String of(Operations operations, Routes routes) {
        return Json.write(Map.of(
                "operations",
                operations.declared().stream().map(one -> entry(one, routes)).toList()));
    }

    private static Map<String, Object> entry(DeclaredOperation operation, Routes routes) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", operation.name());
        entry.put("risk", operation.signature().risk());
        entry.put("payload", operation.signature().payload());
        entry.put("result", operation.signature().result());
        entry.put("resultVersion", operation.options().resultVersion());
        entry.put("key", operation.options().key());
        entry.put("retention", operation.options().retention());
        entry.put("rememberRejections", operation.options().rememberRejections());
        if (operation.options().coalesced()) {
            entry.put("coalesced", true);
        }
        if (!operation.options().rejections().isEmpty()) {
            entry.put("rejections", operation.options().rejections());
        }
        entry.put("events", operation.options().events());
        entry.put("workflow", operation.options().workflow());
        entry.put("routes", routes.of(operation));
        return entry;
    }

    /** The report, and what differs. */
    public static Report compare(Report report, Reviewed reviewed) {
        String before = Json.normal(reviewed.content());
        if (before.equals(report.manifest())) {
            return report;
        }
        List<Violation> violations = new ArrayList<>(report.violations());
        violations.add(new Violation(
                Code.SEMEL012,
                before.isBlank()
                        ? "there is no manifest of the operations yet: write it with -Dsemel.manifest.update and commit it"
                        : difference(before, report.manifest()) + ": " + ACCEPT,
                new Place(reviewed.file(), "", line(before, report.manifest()), reviewed.file())));
        return new Report(violations, report.manifest());
    }

    private static String difference(String before, String now) {
        List<String> old = before.lines().toList();
        List<String> current = now.lines().toList();
        int at = line(before, now) - 1;
        return "the manifest says <" + lineOrEnd(old, at) + ">, the code <" + lineOrEnd(current, at) + ">";
    }

    private static String lineOrEnd(List<String> lines, int at) {
        return at < lines.size() ? lines.get(at).strip() : "nothing more";
    }

    /** The first one that differs. */
    private static int line(String before, String now) {
        List<String> old = before.lines().toList();
        List<String> current = now.lines().toList();
        int at = 0;
        while (at < old.size() && at < current.size() && old.get(at).equals(current.get(at))) {
            at++;
        }
        return at + 1;
    }
}
