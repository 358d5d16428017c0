package dev.semel.cli.ops;

import dev.semel.cli.output.Cells;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What one request did, told in the order in which it happened. */
final class TraceStory {

    private final JsonNode trace;
    private final List<String> lines = new ArrayList<>();

    TraceStory(JsonNode trace) {
        this.trace = trace;
    }

    List<String> lines() {
        lines.clear();
        lines.add("Request " + Cells.text(trace, "requestId"));
        trace.path("writes").forEach(this::write);
        trace.path("keys").forEach(this::key);
        trace.path("deliveries").forEach(this::delivery);
        lines.add(ending());
        if (trace.path("truncated").asBoolean(false)) {
            lines.add("There is more than is shown: 500 of each kind.");
        }
        return List.copyOf(lines);
    }

    private void write(JsonNode write) {
        if (Cells.text(write, "status").equals("PARKED")) {
            at(write, "at", "PARKED", "event " + Cells.text(write, "resourceId") + ": " + Cells.text(write, "code"));
        } else {
            at(write, "startedAt", "BEGIN", begin(write));
            boundary(write);
        }
    }

    private static String begin(JsonNode write) {
        String key = Cells.has(write, "key") ? ", key " + Cells.text(write, "key") : "";
        String risk = Cells.has(write, "risk") ? " (" + Cells.text(write, "risk") + ")" : "";
        return Cells.text(write, "operation") + risk + " by " + Cells.text(write, "user") + key;
    }

    private void boundary(JsonNode write) {
        String took = ", " + Cells.millis(write, "durationMicros") + " ms";
        String code = Cells.text(write, "code");
        String result = Cells.has(write, "resultId") ? ", result " + Cells.text(write, "resultId") : "";
        switch (Cells.text(write, "status")) {
            case "EXECUTED" -> at(write, "at", "COMMIT", "executed" + took + result);
            case "REJECTED" -> at(write, "at", "COMMIT", "rejected, and remembered: " + code + took);
            case "REPLAYED" -> at(write, "at", "COMMIT", "replayed the first answer" + took + result);
            case "REFUSED" -> at(write, "at", "ROLLBACK", "refused: " + code + took);
            default -> at(write, "at", "ROLLBACK", "failed: " + code + took);
        }
    }

    private void at(JsonNode item, String time, String what, String told) {
        lines.add("  %s  %-8s  %s".formatted(Cells.time(item, time), what, told));
    }

    private void key(JsonNode key) {
        String executor = Cells.text(key, "requestId");
        String by = executor.equals(Cells.text(trace, "requestId")) ? "this request" : "request " + executor;
        String left = Cells.text(key, "state").equals("KEPT")
                ? "its answer is kept until " + Cells.time(key, "expiresAt")
                : "its answer is not kept any more";
        lines.add("  Key " + Cells.text(key, "key") + ": executed by " + by + ", " + left);
    }

    private void delivery(JsonNode delivery) {
        StringBuilder told = new StringBuilder("  Delivery " + Cells.text(delivery, "id"))
                .append(": ")
                .append(Cells.text(delivery, "type"))
                .append(", ")
                .append(Cells.text(delivery, "state"));
        append(told, delivery, "parkedReason", " because ");
        told.append(", attempts ").append(Cells.text(delivery, "attempts"));
        append(told, delivery, "lastError", ", last error ");
        append(told, delivery, "waitsFor", ", waits for ");
        lines.add(told.toString());
    }

    private static void append(StringBuilder told, JsonNode item, String member, String before) {
        if (Cells.has(item, member)) {
            told.append(before).append(Cells.text(item, member));
        }
    }

    private String ending() {
        String delivery = Cells.text(trace, "delivery");
        return switch (delivery) {
            case "NOTHING_EMITTED" -> "It executed nothing, so it emitted nothing.";
            case "PENDING" -> "Not all of its events have arrived yet: the relay goes on.";
            case "PARKED" -> "Some deliveries are parked: semel ops outbox replay ID, or semel ops outbox discard ID.";
            case "DELIVERED" -> "All that it emitted has reached every sink.";
            case "DELIVERED_OR_DISCARDED" ->
                "Nothing is left to deliver; what was parked once was replayed or discarded.";
            default -> "Delivery: " + delivery;
        };
    }
}
