package dev.semel.cli.ops;

import dev.semel.audit.AuditHead;
import dev.semel.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The heads that an earlier run printed, kept where nobody who can write the database can write. */
record KeptHeads(Path file) {

    private static final long LARGEST = 16 << 20;

    /** @throws CommandFailure if the file holds none: nothing would be held against anything */
    List<AuditHead> read() {
        List<AuditHead> heads = new ArrayList<>();
        try {
            for (JsonNode head : document().path("heads")) {
                heads.add(head(head));
            }
        } catch (IOException | JacksonException | DateTimeException e) {
            throw unusable();
        }
        if (heads.isEmpty()) {
            throw unusable();
        }
        return heads;
    }

    private JsonNode document() throws IOException {
        if (Files.size(file) > LARGEST) {
            throw unusable();
        }
        return JsonMapper.shared().readTree(Files.readAllBytes(file));
    }

    private AuditHead head(JsonNode head) {
        String hash = head.path("hash").asString("");
        int seals = head.path("seals").asInt(-1);
        if (seals < 0 || !hash.matches("[0-9a-f]{64}")) {
            throw unusable();
        }
        return new AuditHead(YearMonth.parse(head.path("month").asString("")), seals, hash);
    }

    private CommandFailure unusable() {
        return CommandFailure.usage(
                "The file " + file + " is not what an earlier run printed with --json.",
                "semel ops audit verify --json > heads.json");
    }
}
