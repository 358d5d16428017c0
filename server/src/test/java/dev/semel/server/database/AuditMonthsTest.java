package dev.semel.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.semel.audit.AuditArchive;
import dev.semel.audit.AuditConfig;
import dev.semel.maintenance.MaintenanceTransactions;
import dev.semel.server.TestServer;
import java.nio.file.Files;
import java.sql.Statement;
import java.time.YearMonth;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What the server does with old months of the audit log. */
class AuditMonthsTest {
    private final TestServer server = TestServer.shared();
    private final AuditArchive archive = server.bean(AuditArchive.class);

    private void make(YearMonth month) throws Exception {
        run("SELECT semel.audit_make_month('" + month + "-01')");
    }

    private void run(String sql) throws Exception {
        server.bean(MaintenanceTransactions.class).<Boolean>run(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    @Test
    void serverStartsWithDetachedMonthsForTheirRowsAreProtectedToo() throws Exception {
        YearMonth month = YearMonth.now(ZoneOffset.UTC).minusMonths(7);
        make(month);
        archive.export(month);
        assertThat(archive.detach(month)).isTrue();

        assertThatCode(() -> RoleCheck.verify(server.bean(DataSource.class))).doesNotThrowAnyException();

        assertThat(archive.attach(month)).isTrue();
        assertThatCode(() -> RoleCheck.verify(server.bean(DataSource.class))).doesNotThrowAnyException();
    }

    @Test
    void exportsGoToTheDataFolder() throws Exception {
        assertThat(server.bean(AuditConfig.class).archiveFolder())
                .get()
                .satisfies(folder -> assertThat(folder).hasFileName("audit-archive"));
        YearMonth month = YearMonth.now(ZoneOffset.UTC).minusMonths(8);
        make(month);

        assertThat(Files.exists(archive.export(month))).isTrue();
    }
}
