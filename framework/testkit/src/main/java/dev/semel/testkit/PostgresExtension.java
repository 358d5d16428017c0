package dev.semel.testkit;

import dev.semel.postgres.EmbeddedPostgres;
import dev.semel.postgres.EmbeddedPostgresConfig;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link TestDatabase}: one embedded PostgreSQL for the whole run, one database for each test class, with the
 * core's tables. Both go when they are no longer needed; a class's pools are closed after it. A class whose statements are not kept to one tenant fails: {@link
 * TestDatabase#verifyTenancy}.
 */
public final class PostgresExtension implements ParameterResolver, AfterAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(PostgresExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestDatabase.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> testClass = context.getRequiredTestClass();
        Running running = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Running.class, key -> new Running(), Running.class);
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(testClass, key -> TestDatabase.create(running.server.superuser()), TestDatabase.class);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        TestDatabase database =
                context.getRoot().getStore(NAMESPACE).get(context.getRequiredTestClass(), TestDatabase.class);
        if (database != null) {
            database.closePools();
            database.verifyTenancy();
        }
    }

    /** The run's server. */
    private static final class Running implements AutoCloseable {
        private final EmbeddedPostgres server =
                EmbeddedPostgres.start(EmbeddedPostgresConfig.ephemeralBuilder().build());

        @Override
        public void close() {
            server.close();
        }
    }
}
