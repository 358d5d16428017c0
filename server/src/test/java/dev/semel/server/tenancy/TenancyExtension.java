package dev.semel.server.tenancy;

import dev.semel.server.TestServer;
import dev.semel.testkit.TenancyCheck;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class whose servers sent statements that are not kept to one tenant. Found by JUnit, for all classes. */
public final class TenancyExtension implements AfterAllCallback {
    static final TenancyCheck CHECK = new TenancyCheck();

    @Override
    public void afterAll(ExtensionContext context) throws SQLException {
        if (CHECK.statements() == 0) {
            return;
        }
        try (Connection connection = TestServer.shared().database().connect()) {
            CHECK.verify(connection);
        }
    }
}
