package dev.semel.sync.publish;

import dev.semel.PayloadCodec;
import dev.semel.Write;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_sync.publish_attempts}. Works in the transaction of its caller. */
public final class AttemptTable {
    private static final String INSERT = """
            INSERT INTO semel_sync.publish_attempts
                (tenant_id, id, changeset_id, branch, revision, decisions_hash, options, number, fence, report, attempted_by)
            SELECT ?, ?, ?, 'main', ?, ?, ?, coalesce(max(number), 0) + 1, ?, ?, ?
            FROM semel_sync.publish_attempts
            WHERE tenant_id = ? AND changeset_id = ? AND branch = 'main' AND revision = ? AND decisions_hash = ? AND options = ?
            """;
    private static final String LATEST = """
            SELECT report FROM semel_sync.publish_attempts
            WHERE tenant_id = ? AND changeset_id = ? AND branch = 'main' AND revision = ? AND decisions_hash = ? AND options = ?
            ORDER BY number DESC
            LIMIT 1
            """;
    private static final String FIND = """
            SELECT report FROM semel_sync.publish_attempts WHERE tenant_id = ? AND id = ?
            """;

    private final JdbcClient jdbc;
    private final PayloadCodec codec;

    /** On the client's database; reports are JSON. */
    public AttemptTable(JdbcClient jdbc, PayloadCodec codec) {
        this.jdbc = jdbc;
        this.codec = codec;
    }

    void insert(Write<PublishRequest> write, PublishReport report, long fence) {
        String options = write.payload().options();
        UUID changeset = report.changesetId();
        jdbc.sql(INSERT)
                .params(write.tenant(), write.resultId(), changeset)
                .params(report.revision(), report.decisionsHash(), options, fence, codec.write(report))
                .params(write.caller().user(), write.tenant(), changeset)
                .params(report.revision(), report.decisionsHash(), options)
                .update();
    }

    /** The last report that the same request was answered with. */
    Optional<PublishReport> latest(String tenant, UUID changeset, PublishRequest request) {
        return jdbc.sql(LATEST)
                .params(tenant, changeset, request.expectedRevision(), request.decisionsHash(), request.options())
                .query(byte[].class)
                .optional()
                .map(this::read);
    }

    /** The report that a write has made. */
    public Optional<PublishReport> find(String tenant, UUID writeId) {
        return jdbc.sql(FIND)
                .params(tenant, writeId)
                .query(byte[].class)
                .optional()
                .map(this::read);
    }

    private PublishReport read(byte[] report) {
        return codec.read(report, PublishReport.class);
    }
}
