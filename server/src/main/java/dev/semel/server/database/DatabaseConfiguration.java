package dev.semel.server.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.spring.MaintenanceDataSource;
import dev.semel.spring.NotificationDataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pools on the {@link Database}, and its health. */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {
    /** Names the pool of one connection that authentication has for itself. */
    public static final String AUTHENTICATION = "authenticationDataSource";

    private static final String MAINTENANCE = "maintenancePool";

    @Bean
    HikariDataSource dataSource(Database database) {
        return checked(Pools.application(database.application()));
    }

    @Bean(name = AUTHENTICATION, defaultCandidate = false)
    HikariDataSource authenticationDataSource(Database database) {
        return checked(Pools.authentication(database.application()));
    }

    /** Not among the candidates for a data source: nothing but maintenance may see all tenants. */
    @Bean(name = MAINTENANCE, defaultCandidate = false)
    HikariDataSource maintenancePool(Database database) {
        return Pools.maintenance(database.maintenance());
    }

    @Bean
    MaintenanceDataSource maintenanceDataSource(@Qualifier(MAINTENANCE) HikariDataSource dataSource) {
        return new MaintenanceDataSource(dataSource);
    }

    @Bean
    NotificationDataSource notificationDataSource(Database database) {
        return new NotificationDataSource(database.application().dataSource(30));
    }

    @Bean
    HealthIndicator databaseHealth(@Qualifier(AUTHENTICATION) HikariDataSource dataSource) {
        return new DatabaseHealth(dataSource);
    }

    private static HikariDataSource checked(HikariDataSource pool) {
        try {
            RoleCheck.verify(pool);
            return pool;
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }
}
