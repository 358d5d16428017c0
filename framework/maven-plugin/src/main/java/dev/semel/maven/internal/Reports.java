package dev.semel.maven.internal;

import dev.semel.maven.Code;
import dev.semel.maven.Place;
import dev.semel.maven.Violation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The ways to tell. */
public final class Reports {

    private Reports() {}

    /** For a console. */
    public static String text(List<Violation> violations) {
        return violations.stream()
                        .map(one -> one.code() + " " + one.place() + "\n    " + one.message() + "\n")
                        .collect(Collectors.joining())
                + violations.size() + (violations.size() == 1 ? " violation" : " violations")
                + " of the write contract\n";
    }

    /** For programs. */
    public static String json(List<Violation> violations) {
        return Json.write(
                Map.of("violations", violations.stream().map(Reports::entry).toList()));
    }

    private static Map<String, Object> entry(Violation violation) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("code", violation.code().name());
        entry.put("title", violation.code().title());
        entry.put("message", violation.message());
        entry.put("class", violation.place().type());
        entry.put("member", violation.place().member());
        entry.put("file", violation.place().file());
        entry.put("line", violation.place().line());
        return entry;
    }

    /** SARIF 2.1.0. */
    public static String sarif(List<Violation> violations) {
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("name", "semel-verify");
        driver.put("rules", Arrays.stream(Code.values()).map(Reports::rule).toList());
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("tool", Map.of("driver", driver));
        run.put("results", violations.stream().map(Reports::result).toList());
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        log.put("version", "2.1.0");
        log.put("runs", List.of(run));
        return Json.write(log);
    }

    private static Map<String, Object> rule(Code code) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", code.name());
        rule.put("shortDescription", Map.of("text", code.title()));
        rule.put("fullDescription", Map.of("text", code.title() + ": " + code.reason()));
        rule.put("help", Map.of("text", code.remedy()));
        return rule;
    }

    private static Map<String, Object> result(Violation violation) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("ruleId", violation.code().name());
        result.put("level", "error");
        result.put("message", Map.of("text", violation.message()));
        result.put("locations", List.of(location(violation.place())));
        return result;
    }

    /** A reference, relative to the project: a path may hold what a URI may not. */
    private static String uri(String file) {
        return Arrays.stream(file.split("/"))
                .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }

    private static Map<String, Object> location(Place place) {
        Map<String, Object> location = new LinkedHashMap<>();
        if (!place.file().isEmpty()) {
            Map<String, Object> physical = new LinkedHashMap<>();
            physical.put("artifactLocation", Map.of("uri", uri(place.file())));
            if (place.line() > 0) {
                physical.put("region", Map.of("startLine", place.line()));
            }
            location.put("physicalLocation", physical);
        }
        String name = place.member().isEmpty() ? place.type() : place.type() + "." + place.member();
        location.put("logicalLocations", List.of(Map.of("fullyQualifiedName", name)));
        return location;
    }
}
