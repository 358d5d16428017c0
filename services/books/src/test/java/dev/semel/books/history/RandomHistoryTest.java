package dev.semel.books.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.books.TestBooks;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Sixteen clients write whatever the books offer, for three companies at once, with retries and duplicates, while connections are
 * cut. On books of its own. {@code -Dsemel.test.historyOperations=20000} for a long history; the order of the threads is not
 * repeated by a seed, but what each of them asks for is.
 */
class RandomHistoryTest {
    private static final int OPERATIONS = Integer.getInteger("semel.test.historyOperations", 2_000);
    private static final long SEED = Long.getLong("semel.test.historySeed", System.nanoTime());
    private static final int CLIENTS = 16;
    private static final int COMPANIES = 3;
    private static final int CUT_EVERY_MILLIS = 100;

    private final TestBooks books = new TestBooks();
    private final AtomicInteger cuts = new AtomicInteger();

    @AfterEach
    void close() {
        try {
            books.database().verifyTenancy();
        } finally {
            books.close();
        }
    }

    @Test
    void booksAreRightAtEveryMomentOfARandomHistory() throws Exception {
        System.out.println("seed of the random history: " + SEED);
        List<Company> companies =
                Stream.generate(() -> new Company(books)).limit(COMPANIES).toList();
        Invariants invariants = new Invariants(books);

        ScheduledExecutorService saboteur = Executors.newSingleThreadScheduledExecutor();
        try {
            saboteur.scheduleAtFixedRate(this::cut, CUT_EVERY_MILLIS, CUT_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            run(companies, invariants);
        } finally {
            saboteur.shutdown();
            assertThat(saboteur.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }

        for (Company company : companies) {
            String tenant = company.caller().tenant();
            assertThat(HistoryClient.patiently(() -> invariants.violations(tenant)))
                    .as("seed %s", SEED)
                    .isEmpty();
            assertThat(ids("payments", tenant)).isEqualTo(company.ledger().results("createPayment"));
            assertThat(ids("invoices", tenant)).isEqualTo(company.ledger().results("createInvoice"));
            assertThat(ids("credit_notes", tenant)).isEqualTo(company.ledger().results("createCreditNote"));
            assertThat(ids("refunds", tenant)).isEqualTo(company.ledger().results("createRefund"));
            assertThat(ids("payroll_runs", tenant)).isEqualTo(company.ledger().results("executePayroll"));
            assertThat(ids("reconciliations", tenant))
                    .isEqualTo(company.ledger().results("reconcileLedger"));
            assertThat(ids("item_movements", tenant))
                    .containsAll(company.ledger().results("adjustInventory"));
        }
        assertThat(companies)
                .as("corrections that were made")
                .anySatisfy(company ->
                        assertThat(company.ledger().results("createCreditNote")).isNotEmpty())
                .anySatisfy(company -> assertThat(company.ledger().results("reversePayrollRun"))
                        .isNotEmpty());
        System.out.println(OPERATIONS + " operations, " + invariants.looks() + " looks, " + cuts + " connections cut: "
                + companies.stream().map(Company::ledger).toList());
        assertThat(cuts).as("connections that were cut").hasPositiveValue();
    }

    private static void run(List<Company> companies, Invariants invariants) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<HistoryClient> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new HistoryClient(companies, invariants, new Random(SEED + i), OPERATIONS / CLIENTS));
            }
            for (Future<Integer> client : pool.invokeAll(clients)) {
                client.get();
            }
        } finally {
            pool.shutdown();
        }
    }

    /** Ends the connection of somebody who is at work. */
    private void cut() {
        try (Connection connection = books.superuser();
                Statement statement = connection.createStatement();
                ResultSet victims = statement.executeQuery("""
                        SELECT pg_terminate_backend(pid) FROM (
                            SELECT pid FROM pg_stat_activity
                            WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
                            ORDER BY random() LIMIT 1) AS victim
                        """)) {
            while (victims.next()) {
                cuts.incrementAndGet();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Set<UUID> ids(String table, String tenant) throws SQLException {
        Set<UUID> ids = new HashSet<>();
        try (Connection connection = books.superuser();
                var statement =
                        connection.prepareStatement("SELECT id FROM semel_books." + table + " WHERE tenant_id = ?")) {
            statement.setString(1, tenant);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return ids;
    }
}
