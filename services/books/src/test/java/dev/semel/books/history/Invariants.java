package dev.semel.books.history;

import dev.semel.Semel;
import dev.semel.books.TestBooks;
import dev.semel.books.ledger.AccountBalance;
import dev.semel.books.ledger.AccountItem;
import dev.semel.books.receivables.AgedReceivables;
import dev.semel.books.receivables.AgingReads;
import dev.semel.books.settings.CompanyDays;
import dev.semel.books.settings.SettingsTable;
import dev.semel.spring.web.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What holds of a company's books at any moment, looked at in one snapshot. Thread-safe. */
final class Invariants {
    private static final Map<String, String> WRONG = Map.ofEntries(
            Map.entry("the trial balance is not zero", """
            SELECT currency FROM semel_books.journal_lines WHERE tenant_id = ?
            GROUP BY currency HAVING sum(debit) <> sum(credit)
            """),
            Map.entry("an invoice is not paid by its payments, or by more than its total", """
            SELECT i.id::text FROM semel_books.invoices i
            LEFT JOIN semel_books.payments p
                   ON p.tenant_id = i.tenant_id AND p.invoice_id = i.id AND p.reversal_id IS NULL
            WHERE i.tenant_id = ?
            GROUP BY i.id, i.paid, i.total
            HAVING i.paid <> coalesce(sum(p.amount), 0) OR i.paid > i.total
            """),
            Map.entry("an item's quantity is not the sum of its movements, or below zero", """
            SELECT i.id::text FROM semel_books.items i
            JOIN semel_books.item_movements m ON m.tenant_id = i.tenant_id AND m.item_id = i.id
            WHERE i.tenant_id = ?
            GROUP BY i.id, i.quantity
            HAVING i.quantity <> sum(m.delta) OR i.quantity < 0
            """),
            Map.entry("invoice numbers have a gap", """
            SELECT count(*)::text FROM semel_books.invoices WHERE tenant_id = ?
            HAVING count(*) > 0 AND (count(*) <> max(number) OR min(number) <> 1 OR count(*) <> count(DISTINCT number))
            """),
            Map.entry("clearing is not what was paid or paid back and not seen at the bank", """
            SELECT l.currency FROM semel_books.journal_lines l
            WHERE l.tenant_id = ? AND l.account_code = '1000'
            GROUP BY l.tenant_id, l.currency
            HAVING sum(l.debit - l.credit) <> (
                SELECT coalesce(sum(p.amount), 0) FROM semel_books.payments p
                WHERE p.tenant_id = l.tenant_id AND p.currency = l.currency AND p.reversal_id IS NULL
                  AND NOT EXISTS (SELECT FROM semel_books.reconciliations r
                                  WHERE r.tenant_id = p.tenant_id AND r.payment_id = p.id AND r.reversal_id IS NULL))
              - (
                SELECT coalesce(sum(f.amount), 0) FROM semel_books.refunds f
                WHERE f.tenant_id = l.tenant_id AND f.currency = l.currency AND f.reversal_id IS NULL
                  AND NOT EXISTS (SELECT FROM semel_books.reconciliations r
                                  WHERE r.tenant_id = f.tenant_id AND r.refund_id = f.id AND r.reversal_id IS NULL))
            """),
            Map.entry("an invoice is not refunded by its refunds, or by more than it owes", """
            SELECT i.id::text FROM semel_books.invoices i
            LEFT JOIN semel_books.refunds f
                   ON f.tenant_id = i.tenant_id AND f.invoice_id = i.id AND f.reversal_id IS NULL
            WHERE i.tenant_id = ?
            GROUP BY i.id, i.refunded, i.refundable
            HAVING i.refunded <> coalesce(sum(f.amount), 0) OR i.refunded > i.refundable
            """),
            Map.entry("an invoice is not credited by its credit notes, or by more than its total", """
            SELECT i.id::text FROM semel_books.invoices i
            LEFT JOIN semel_books.credit_notes n ON n.tenant_id = i.tenant_id AND n.invoice_id = i.id
            WHERE i.tenant_id = ?
            GROUP BY i.id, i.credited, i.refundable, i.total
            HAVING i.credited <> coalesce(sum(n.total), 0) OR i.refundable <> coalesce(sum(n.refundable), 0)
                OR i.credited > i.total
            """),
            Map.entry("a credit note is not the sum of its lines", """
            SELECT n.id::text FROM semel_books.credit_notes n
            LEFT JOIN semel_books.credit_note_lines l ON l.tenant_id = n.tenant_id AND l.credit_note_id = n.id
            WHERE n.tenant_id = ?
            GROUP BY n.id, n.total
            HAVING n.total <> coalesce(sum(l.amount), 0)
            """),
            Map.entry("a line of an invoice is not credited by lines of credit notes", """
            SELECT i.invoice_id::text FROM semel_books.invoice_lines i
            LEFT JOIN semel_books.credit_note_lines l
                   ON l.tenant_id = i.tenant_id AND l.invoice_id = i.invoice_id AND l.invoice_line_no = i.line_no
            WHERE i.tenant_id = ?
            GROUP BY i.invoice_id, i.line_no, i.credited
            HAVING i.credited <> coalesce(sum(l.amount), 0)
            """),
            Map.entry("credit note numbers have a gap", """
            SELECT count(*)::text FROM semel_books.credit_notes WHERE tenant_id = ?
            HAVING count(*) > 0 AND (count(*) <> max(number) OR min(number) <> 1 OR count(*) <> count(DISTINCT number))
            """),
            Map.entry("customer credits are not what credit notes owe and refunds have not paid back", """
            SELECT l.currency FROM semel_books.journal_lines l
            WHERE l.tenant_id = ? AND l.account_code = '2300'
            GROUP BY l.tenant_id, l.currency
            HAVING sum(l.credit - l.debit) <> (
                SELECT coalesce(sum(n.refundable), 0) FROM semel_books.credit_notes n
                WHERE n.tenant_id = l.tenant_id AND n.currency = l.currency)
              - (
                SELECT coalesce(sum(f.amount), 0) FROM semel_books.refunds f
                WHERE f.tenant_id = l.tenant_id AND f.currency = l.currency AND f.reversal_id IS NULL)
            """),
            Map.entry("wages are not those of the payroll runs that stand", """
            SELECT l.currency FROM semel_books.journal_lines l
            WHERE l.tenant_id = ? AND l.account_code = '6000'
            GROUP BY l.tenant_id, l.currency
            HAVING sum(l.debit - l.credit) <> (
                SELECT coalesce(sum(r.gross), 0) FROM semel_books.payroll_runs r
                JOIN semel_books.payroll_periods p ON p.tenant_id = r.tenant_id AND p.run_id = r.id
                WHERE r.tenant_id = l.tenant_id AND r.currency = l.currency AND p.reversal_id IS NULL)
            """));

    /** Money may be on its way out that has come in and is at the bank; more may leave the bank by its statements than came. */
    private static final Set<String> MAY_BE_NEGATIVE = Set.of("1000", "1010");

    private final Semel semel;
    private final TestBooks books;
    private final AgingReads aging;
    private final AtomicInteger looks = new AtomicInteger();

    Invariants(TestBooks books) {
        this.semel = books.semel();
        this.books = books;
        JdbcClient jdbc = books.jdbc();
        aging = new AgingReads(new AgedReceivables(jdbc), new CompanyDays(new SettingsTable(jdbc)));
    }

    int looks() {
        return looks.get();
    }

    List<String> violations(String tenant) {
        List<String> found = semel.read(tenant, connection -> {
            List<String> violations = new ArrayList<>();
            WRONG.forEach((name, sql) -> books.jdbc().sql(sql).param(tenant).query(String.class).list().stream()
                    .map(row -> name + ": " + row)
                    .forEach(violations::add));
            violations.addAll(accounts(tenant));
            return violations;
        });
        looks.incrementAndGet();
        return found;
    }

    private List<String> accounts(String tenant) {
        List<String> violations = new ArrayList<>();
        Map<String, String> owed = new TreeMap<>();
        for (AccountItem account : books.accounts().list(tenant, null)) {
            account.balances().forEach((currency, balance) -> {
                if (balance.balance().startsWith("-") && !MAY_BE_NEGATIVE.contains(account.code())) {
                    violations.add("account " + account.code() + " is below zero");
                }
                if (account.code().equals("1100") && !isZero(balance)) {
                    owed.put(currency, balance.balance());
                }
            });
        }
        Map<String, String> aged = new TreeMap<>();
        aging.find(tenant, null, new PageRequest(500, null))
                .totals()
                .forEach((currency, sum) -> aged.put(currency, sum.total()));
        if (!owed.equals(aged)) {
            violations.add("aging " + aged + " is not the receivable account " + owed);
        }
        return violations;
    }

    private static boolean isZero(AccountBalance balance) {
        return balance.balance().chars().allMatch(c -> c == '0' || c == '.');
    }
}
