package dev.semel.server.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.server.TestDatabase;
import dev.semel.server.TestServer;
import dev.semel.server.tokens.TokenBootstrap;
import dev.semel.testkit.TenancyCheck;
import dev.semel.testkit.TenancyCheck.Exemption;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** That the servers of the tests are listened to; what they sent is judged after each class. */
class ServerStatementsTest {
    private final TestServer server = TestServer.shared();

    @Test
    void requestsAreRecorded() {
        int before = TenancyExtension.CHECK.statements();

        assertThat(server.as("ACME-ADMIN").get("/api/customers").status()).isEqualTo(200);

        assertThat(TenancyExtension.CHECK.statements()).isPositive().isGreaterThanOrEqualTo(before);
    }

    @Test
    void onlyMaintenanceSeesAllTenants() {
        assertThat(TenancyExtension.CHECK.exemptions())
                .isNotEmpty()
                .extracting(Exemption::role)
                .containsOnly("semel_maintenance");
    }

    @Test
    void ownerPreparesTheFirstTokensAndSaysWhyItSeesAllTenants() throws SQLException {
        TestDatabase database = server.database();
        PGSimpleDataSource owner = new PGSimpleDataSource();
        owner.setURL(database.url());
        owner.setUser(database.user());
        owner.setPassword(database.external().password().value());
        TenancyCheck check = new TenancyCheck();

        TokenBootstrap.of(TestServer.options(database.external(), "acme:zoe:reader:ACME-ZOE"))
                .run(check.watch(owner));

        try (Connection connection = database.connect()) {
            check.verify(connection);
        }
        assertThat(check.exemptions()).hasSize(2).extracting(Exemption::role).containsOnly(database.user());
    }
}
