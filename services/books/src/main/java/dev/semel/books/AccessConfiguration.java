package dev.semel.books;

import dev.semel.books.access.AccessGrantController;
import dev.semel.books.access.AccessGrantTable;
import dev.semel.books.access.GrantAccess;
import dev.semel.books.access.Revoking;
import dev.semel.spring.SemelConfigurer;
import dev.semel.spring.web.TenantReads;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The beans of access grants. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {
    @Bean
    SemelConfigurer accessConfigurer(AccessGrantTable grants) {
        return configurer(grants);
    }

    static SemelConfigurer configurer(AccessGrantTable grants) {
        return builder -> builder.register(BooksOperations.GRANT_USER_ACCESS)
                .recall(BooksOperations.GRANT_USER_ACCESS, (connection, tenant, id) -> grants.recall(tenant, id))
                .register(BooksOperations.REVOKE_USER_ACCESS);
    }

    @Bean
    AccessGrantTable accessGrantTable(JdbcClient jdbc) {
        return new AccessGrantTable(jdbc);
    }

    @Bean
    GrantAccess grantAccess(AccessGrantTable grants) {
        return new GrantAccess(grants);
    }

    @Bean
    Revoking revoking(AccessGrantTable grants) {
        return new Revoking(grants);
    }

    @Bean
    AccessGrantController accessGrantController(
            GrantAccess grantAccess, Revoking revoking, AccessGrantTable grants, TenantReads booksTenantReads) {
        return new AccessGrantController(grantAccess, revoking, grants, booksTenantReads);
    }
}
