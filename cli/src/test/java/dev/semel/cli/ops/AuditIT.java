package dev.semel.cli.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.audit.AuditArchive;
import dev.semel.audit.AuditConfig;
import dev.semel.audit.AuditJobs;
import dev.semel.cli.server.ConnectionFile;
import dev.semel.jackson.JacksonCodec;
import dev.semel.maintenance.MaintenanceTransactions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The audit log of a real server, as it was sealed and as somebody with every right has changed it. */
class AuditIT {

    private static final String LOG = "semel.idempotent_write_audit_log";
    private static final YearMonth NOW = YearMonth.now(ZoneOffset.UTC);

    private static final RealServer server = RealServer.shared();

    @TempDir
    private Path folder;

    @Test
    void aChangedRowIsNamedAndALogThatWasPutRightIsIntact() throws Exception {
        String id = sealedRow();
        assertThat(verify().code()).isZero();

        server.execute("UPDATE " + LOG + " SET user_id = 'mallory' WHERE id = " + id);
        OpsRun changed = verify();
        OpsRun json = verify("--json");
        server.execute("UPDATE " + LOG + " SET user_id = 'alice' WHERE id = " + id);

        assertThat(changed.code()).isEqualTo(10);
        assertThat(changed.row("DIFFERS")).isEqualTo("DIFFERS  " + NOW + "  row " + id + " of tenant acme was changed");
        assertThat(changed.err())
                .contains("\nsemel: AUDIT_DIFFERS: 1 difference ")
                .contains("\nnext:  ");
        assertThat(json.code()).isEqualTo(10);
        assertThat(json.json().path("intact").asBoolean(true)).isFalse();
        assertThat(json.json().at("/findings/0/kind").asString()).isEqualTo("RowChanged");
        assertThat(json.json().at("/findings/0/id").asString()).isEqualTo(id);
        OpsRun right = verify();
        assertThat(right.code()).as(right.out()).isZero();
        assertThat(right.out())
                .contains(" rows are as they were when they were sealed; ")
                .doesNotContain("DIFFERS");
        assertThat(right.err()).isEqualTo("Reading the embedded PostgreSQL in " + server.data() + ".\n");
    }

    @Test
    void aDeletedRowIsNamed() throws Exception {
        String id = sealedRow();
        server.execute("CREATE TABLE kept_row AS SELECT * FROM " + LOG + " WHERE id = " + id);
        server.execute("DELETE FROM " + LOG + " WHERE id = " + id);
        OpsRun missing = verify("--month", NOW.toString());
        server.execute("INSERT INTO " + LOG + " OVERRIDING SYSTEM VALUE SELECT * FROM kept_row; DROP TABLE kept_row");

        assertThat(missing.code()).isEqualTo(10);
        assertThat(missing.row("DIFFERS")).isEqualTo("DIFFERS  " + NOW + "  row " + id + " of tenant acme is missing");
        assertThat(verify().code()).isZero();
    }

    @Test
    void aHeadThatWasKeptElsewhereBetraysARewrittenChain() throws Exception {
        sealedRow();
        Path heads =
                Files.writeString(folder.resolve("heads.json"), verify("--json").out());
        sealedRow();
        assertThat(verify("--heads", heads.toString()).code()).isZero();

        Files.writeString(heads, Files.readString(heads).replaceFirst("\"hash\":\"[0-9a-f]{8}", "\"hash\":\"00000000"));
        OpsRun other = verify("--heads", heads.toString());
        Files.writeString(heads, "{}");

        assertThat(other.code()).isEqualTo(10);
        assertThat(other.row("DIFFERS")).contains("is not the one that was kept elsewhere");
        assertThat(verify("--heads", heads.toString()).code()).isEqualTo(2);
    }

    @Test
    void theServersLogIsAnAnchorToo() throws Exception {
        sealedRow();
        JsonNode head = verify("--json").json().at("/heads/0");
        String line = "19:58:08.391 INFO  audit  - audit head month=%s seals=%s rows=8 last-id=8 hash="
                .formatted(head.path("month").asString(), head.path("seals").asString());
        Path log = folder.resolve("server.log");
        String boundary = "{\"boundary\":\"BEGIN\"}\n";

        Files.writeString(log, boundary + line + head.path("hash").asString() + "\n");
        assertThat(verify("--heads", log.toString()).code()).isZero();
        Files.writeString(log, boundary + line + "0".repeat(64) + "\n");
        assertThat(verify("--heads", log.toString()).code()).isEqualTo(10);
    }

    @Test
    void whoNamesAServerIsNotAnsweredFromTheNearestDatabase() {
        assertThat(verify("--url", server.url()).code()).isEqualTo(2);
        assertThat(verify("--token-file", "x").code()).isEqualTo(2);
    }

    @Test
    void aMonthThatIsNotThereIsNoGoodNews() {
        OpsRun run = verify("--month", "2001-01");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("semel: NOTHING_TO_VERIFY: The log has neither rows nor seals of 2001-01.");
    }

    @Test
    void anExportIsHeldAgainstItsAnchor() throws Exception {
        YearMonth past = NOW.minusMonths(5);
        server.execute("SELECT semel.audit_make_month('" + past + "-01')");
        server.execute("""
                INSERT INTO semel.idempotent_write_audit_log
                       (at, tenant_id, request_id, user_id, operation_type, risk, key, payload_hash, fingerprint_version,
                        result_id, resource_id, status, duration_micros)
                SELECT timestamptz '%s-15 12:00:00+00', 'acme', 'req-' || i, 'alice', 'payOrder', 'FINANCIAL', 'key-' || i,
                       sha256('x'), 1, gen_random_uuid(), 'order-' || i, 'EXECUTED', 100 + i
                  FROM generate_series(1, 3) AS i""".formatted(past));
        seal();
        Path manifest = AuditArchive.of(maintenance(), JacksonCodec.ofDefaults(), folder)
                .export(past);

        OpsRun intact = server.ops(
                "",
                "audit",
                "export-verify",
                manifest.toString(),
                "--data",
                server.data().toString());
        Files.writeString(
                manifest, Files.readString(manifest).replaceFirst("\"sha256\":\"[0-9a-f]{8}", "\"sha256\":\"00000000"));
        OpsRun changed = server.ops(
                "",
                "audit",
                "export-verify",
                manifest.toString(),
                "--data",
                server.data().toString());

        assertThat(intact.code()).as(intact.out() + intact.err()).isZero();
        assertThat(intact.out()).contains("3 rows are as they were");
        assertThat(changed.code()).isEqualTo(10);
        assertThat(changed.row("DIFFERS")).contains("file audit-" + past);
        assertThat(server.ops("", "audit", "export-verify", "audit-2026-01.manifest.json")
                        .code())
                .as("no such file")
                .isEqualTo(2);
    }

    @Test
    void aMemberOfMaintenanceMayVerifyAndNobodyElse() throws Exception {
        String member = "member_" + UUID.randomUUID().toString().substring(0, 8);
        String stranger = "stranger_" + UUID.randomUUID().toString().substring(0, 8);
        server.execute("CREATE ROLE " + member + " LOGIN PASSWORD 'SECRET-1'; GRANT semel_maintenance TO " + member);
        server.execute("CREATE ROLE " + stranger + " LOGIN PASSWORD 'SECRET-1'");
        Path password = Files.writeString(folder.resolve("password"), "SECRET-1\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));

        OpsRun allowed = external(url(), member, "--database-password-file", password.toString());
        OpsRun forbidden = external(url(), stranger, "--database-password-file", password.toString());
        OpsRun wrong = OpsRun.of(
                Map.of("SEMEL_DATABASE_PASSWORD", "SECRET-2"),
                "audit",
                "verify",
                "--database-url",
                url(),
                "--database-user",
                member);
        OpsRun elsewhere = external(
                url().replaceFirst("/semel$", "/postgres"), member, "--database-password-file", password.toString());
        OpsRun typed = external(url() + "?password=SECRET-1", member);

        assertThat(allowed.code()).as(allowed.err()).isZero();
        assertThat(forbidden.code()).isEqualTo(4);
        assertThat(forbidden.err()).contains("\nsemel: DATABASE_FORBIDDEN: ").contains("GRANT semel_maintenance");
        assertThat(wrong.code()).isEqualTo(4);
        assertThat(wrong.err()).contains("\nsemel: DATABASE_LOGIN_REFUSED: ");
        assertThat(elsewhere.code()).isEqualTo(1);
        assertThat(elsewhere.err()).contains("\nsemel: NOT_SEMELS_DATABASE: ");
        assertThat(typed.code()).isEqualTo(2);
        assertThat(allowed.err() + forbidden.err() + wrong.err() + typed.err()).doesNotContain("SECRET", "\tat ");
    }

    @Test
    void aServerThatIsDownIsSaidToBeDown() throws Exception {
        Path postgres = Files.createDirectories(folder.resolve("postgres"));
        Files.writeString(
                postgres.resolve("connection.properties"),
                "jdbcUrl=jdbc:postgresql://127.0.0.1:1/x\nuser=u\npassword=p\n");

        OpsRun down = OpsRun.of(Map.of(), "audit", "verify", "--data", folder.toString());
        OpsRun none = OpsRun.of(
                Map.of(), "audit", "verify", "--data", folder.resolve("none").toString());

        assertThat(down.code()).isEqualTo(8);
        assertThat(down.err())
                .contains("\nsemel: DATABASE_UNREACHABLE: ")
                .contains("runs only while its server does", "next:  semel server --data " + folder);
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("There is no embedded PostgreSQL in ");
    }

    private static OpsRun verify(String... options) {
        String[] command = new String[options.length + 4];
        command[0] = "audit";
        command[1] = "verify";
        command[2] = "--data";
        command[3] = server.data().toString();
        System.arraycopy(options, 0, command, 4, options.length);
        return OpsRun.of(Map.of(), command);
    }

    private static OpsRun external(String url, String user, String... options) {
        String[] command = new String[options.length + 6];
        System.arraycopy(
                new String[] {"audit", "verify", "--database-url", url, "--database-user", user}, 0, command, 0, 6);
        System.arraycopy(options, 0, command, 6, options.length);
        return OpsRun.of(Map.of(), command);
    }

    /** The id of a row that is sealed. */
    private static String sealedRow() throws Exception {
        String request = "audit-" + UUID.randomUUID();
        assertThat(server.createCustomer(request, request, "Ada")).isEqualTo(201);
        seal();
        return server.query("SELECT id FROM " + LOG + " WHERE request_id = '" + request + "' AND status = 'EXECUTED'");
    }

    /** As the server's own job does each minute. */
    private static void seal() throws Exception {
        AuditJobs.seal(maintenance(), AuditConfig.ofDefaults()).run();
    }

    private static MaintenanceTransactions maintenance() throws Exception {
        return MaintenanceTransactions.of(ConnectionFile.in(server.data()).dataSource());
    }

    private static String url() throws Exception {
        try (Connection connection = server.connect()) {
            return connection.getMetaData().getURL().replaceFirst("\\?.*", "");
        }
    }
}
