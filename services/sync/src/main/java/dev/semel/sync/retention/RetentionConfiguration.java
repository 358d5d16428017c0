package dev.semel.sync.retention;

import dev.semel.Transactions;
import dev.semel.documents.blob.BlobHolds;
import dev.semel.maintenance.MaintenanceJob;
import dev.semel.maintenance.MaintenanceTransactions;
import dev.semel.sync.changesets.ChangesetTable;
import dev.semel.sync.scopes.ScopeTenants;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The jobs of retention. Lazy: only a process with maintenance needs them. */
@Configuration(proxyBeanMethods = false)
public class RetentionConfiguration {
    @Bean
    @Lazy
    MaintenanceJob syncForgetting(Transactions tenants, MaintenanceTransactions transactions, JdbcClient jdbc) {
        return new ForgetChanges(tenants, new ScopeTenants(transactions)::all, new ForgettingTable(jdbc));
    }

    @Bean
    @Lazy
    MaintenanceJob syncReleases(Transactions tenants, MaintenanceTransactions transactions, JdbcClient jdbc) {
        return new ReleaseContents(
                tenants, new ScopeTenants(transactions)::all, new ChangesetTable(jdbc), new BlobHolds(jdbc));
    }
}
