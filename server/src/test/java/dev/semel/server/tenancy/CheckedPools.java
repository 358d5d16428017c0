package dev.semel.server.tenancy;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Has the statements of every server that a test starts in this JVM recorded. Found by Spring, on the tests' class path. */
public final class CheckedPools implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof HikariDataSource pool ? new CheckedPool(pool) : bean;
            }
        });
    }

    /** A server's pool without the recording: for tests that leave out the tenant on purpose. */
    public static DataSource unchecked(DataSource bean) {
        return ((CheckedPool) bean).pool;
    }

    /** The pool, with its connections listened to. */
    private static final class CheckedPool extends HikariDataSource {
        private final HikariDataSource pool;
        private final DataSource watched;

        private CheckedPool(HikariDataSource pool) {
            this.pool = pool;
            this.watched = TenancyExtension.CHECK.watch(pool);
        }

        @Override
        public Connection getConnection() throws SQLException {
            return watched.getConnection();
        }

        @Override
        public HikariPoolMXBean getHikariPoolMXBean() {
            return pool.getHikariPoolMXBean();
        }

        @Override
        public boolean isRunning() {
            return pool.isRunning();
        }

        @Override
        public boolean isClosed() {
            return pool.isClosed();
        }

        @Override
        public void close() {
            pool.close();
        }
    }
}
