package dev.semel.cli.ops;

import dev.semel.audit.AuditHead;
import dev.semel.cli.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The heads that earlier runs printed with {@code --json}, or that the server logged at each sealing, kept where nobody who can
 * write the database can write.
 *
 * @param file a document or a log line on each line; other lines are passed over
 */
record KeptHeads(Path file) {

    private static final Pattern LOGGED =
            Pattern.compile("audit head month=(\\S+) seals=([0-9]{1,9}) .*hash=([0-9a-f]{64})");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /** @throws CommandFailure if there is none: nothing would be held against anything */
    List<AuditHead> read() {
        List<AuditHead> heads = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                add(line, heads);
            }
        } catch (IOException | DateTimeException e) {
            throw unusable();
        }
        if (heads.isEmpty()) {
            throw unusable();
        }
        return heads;
    }

    private void add(String line, List<AuditHead> heads) {
        if (line.startsWith("{")) {
            document(line).path("heads").forEach(head -> heads.add(printed(head)));
        }
        Matcher logged = LOGGED.matcher(line);
        if (logged.find()) {
            heads.add(new AuditHead(
                    YearMonth.parse(logged.group(1)), Integer.parseInt(logged.group(2)), logged.group(3)));
        }
    }

    /** A log that was cut off ends in half a line. */
    private static JsonNode document(String line) {
        try {
            return JsonMapper.shared().readTree(line);
        } catch (JacksonException e) {
            return JsonMapper.shared().missingNode();
        }
    }

    private AuditHead printed(JsonNode head) {
        String hash = head.path("hash").asString("");
        int seals = head.path("seals").asInt(-1);
        if (seals < 0 || !HASH.matcher(hash).matches()) {
            throw unusable();
        }
        return new AuditHead(YearMonth.parse(head.path("month").asString("")), seals, hash);
    }

    private CommandFailure unusable() {
        return CommandFailure.usage(
                "The file " + file
                        + " holds no heads: neither what an earlier run printed with --json, nor the server's log.",
                "semel ops audit verify --json > heads.json");
    }
}
