package dev.semel.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The scripts {@code db/semel/core}. Named here, because a class path cannot be listed; a test holds that none is missing. */
public final class SchemaScripts {
    private static final List<Script> ALL = List.of(
            new Script(1, "keys_audit_outbox"),
            new Script(2, "maintenance_role"),
            new Script(3, "leases"),
            new Script(4, "outbox_deliveries"),
            new Script(5, "daily_usage"),
            new Script(6, "maintenance_jobs"),
            new Script(7, "audit_partitions"),
            new Script(8, "audit_months_held_against_seals"),
            new Script(9, "operator_reads"),
            new Script(10, "audit_rows_move_in_batches"),
            new Script(11, "audit_months_dropped_by_plain_owners"),
            new Script(12, "schema_version"),
            new Script(13, "relay_looks_by_index"));

    private SchemaScripts() {}

    public static String after(int version) {
        return ALL.stream()
                .filter(script -> script.version() > version)
                .map(Script::transaction)
                .collect(Collectors.joining("\n", "CREATE SCHEMA IF NOT EXISTS semel;\n\n", ""));
    }

    private record Script(int version, String name) {
        String file() {
            return "/db/semel/core/V" + version + "__" + name + ".sql";
        }

        String transaction() {
            return "BEGIN;\n" + text() + "COMMIT;\n";
        }

        private String text() {
            try (InputStream file = SchemaScripts.class.getResourceAsStream(file())) {
                if (file == null) {
                    throw new IllegalStateException("the library lacks " + file());
                }
                return new String(file.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
