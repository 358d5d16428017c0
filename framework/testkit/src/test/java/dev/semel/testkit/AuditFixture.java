package dev.semel.testkit;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.audit.AuditConfig;
import dev.semel.audit.AuditJobs;
import dev.semel.audit.AuditVerification;
import dev.semel.audit.AuditVerifier;
import dev.semel.jackson.JacksonCodec;
import dev.semel.maintenance.JobResult;
import dev.semel.maintenance.MaintenanceJob;
import dev.semel.maintenance.MaintenanceTransactions;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;

/** An audit log with this month and the next two, and rows of whatever time a test wants. */
abstract class AuditFixture {
    static final YearMonth NOW = YearMonth.now(ZoneOffset.UTC);
    static final YearMonth PAST = NOW.minusMonths(5);
    static final String LOG = "semel.idempotent_write_audit_log";

    final TestDatabase database;
    final Shop shop;
    final HikariDataSource pool;
    final MaintenanceTransactions maintenance;
    final AuditVerifier verifier;

    AuditFixture(TestDatabase database) {
        this.database = database;
        this.shop = Shop.open(database);
        database.run("""
                TRUNCATE semel.audit_seals, semel.audit_anchors;
                DROP TABLE IF EXISTS semel.audit_log_moving, semel.audit_log_left;
                DO $$ DECLARE month text; BEGIN
                    FOR month IN SELECT c.oid::regclass::text FROM pg_class c
                     WHERE c.relkind = 'r' AND c.relname ~ '^idempotent_write_audit_log_\\d{4}_\\d{2}$' LOOP
                        EXECUTE 'DROP TABLE ' || month;
                    END LOOP;
                END $$;
                SELECT semel.audit_make_month((date_trunc('month', now() AT TIME ZONE 'UTC') + i * interval '1 month')::date)
                  FROM generate_series(0, 2) AS i""");
        pool = database.uncheckedPool(10); // for attacks: they leave out the tenant
        maintenance = MaintenanceTransactions.of(database.pool(4));
        verifier = AuditVerifier.of(maintenance);
    }

    /** The server has a hundred connections for the pools of all tests. */
    @AfterEach
    void closePools() {
        database.closePools();
    }

    void makeMonth(YearMonth month) {
        database.run("SELECT semel.audit_make_month('" + month + "-01')");
    }

    /** Inserts rows of an earlier time, as the database's clock said then. */
    void rows(YearMonth month, String tenant, int count) {
        database.run(insert("timestamptz '" + month + "-15 12:00:00+00' + i * interval '1 second'", tenant, count));
    }

    static String insert(String at, String tenant, int count) {
        return """
                INSERT INTO semel.idempotent_write_audit_log
                       (at, tenant_id, request_id, user_id, operation_type, risk, key, payload_hash, fingerprint_version,
                        result_id, resource_id, status, duration_micros)
                SELECT %s, '%s', 'req-' || i, 'alice', 'payOrder', 'FINANCIAL', 'key-' || i, sha256('x'), 1,
                       gen_random_uuid(), 'order-' || i, 'EXECUTED', 100 + i
                  FROM generate_series(1, %d) AS i""".formatted(at, tenant, count);
    }

    MaintenanceJob job(String name, AuditConfig config) {
        return AuditJobs.of(maintenance, JacksonCodec.ofDefaults(), config).stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    JobResult seal() throws Exception {
        return job("audit-seal", AuditConfig.builder().segmentRows(10).build()).run();
    }

    AuditVerification verify() throws Exception {
        return verifier.verify();
    }

    long count(String from) {
        return database.number("SELECT count(*) FROM " + from);
    }

    static String partition(YearMonth month) {
        return LOG + "_" + month.toString().replace('-', '_');
    }
}
