package dev.semel.books.history;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.Outcome;
import dev.semel.books.TestBooks;
import dev.semel.books.creditnotes.NewCreditLine;
import dev.semel.books.creditnotes.NewCreditNote;
import dev.semel.books.invoices.NewInvoice;
import dev.semel.books.invoices.NewInvoiceLine;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One tenant, what it has, and what can be asked for in its name. Thread-safe. */
final class Company {
    private static final List<String> AMOUNTS = List.of("1", "5", "40");
    private static final List<String> CURRENCIES = List.of("EUR", "EUR", "USD", "JPY");

    private final TestBooks books;
    private final Caller caller = TestBooks.newCaller();
    private final Ledger ledger = new Ledger();
    private final Ids customers = new Ids();
    private final Ids invoices = new Ids();
    private final Ids payments = new Ids();
    private final Ids refunds = new Ids();
    private final Ids items = new Ids();
    private final Ids runs = new Ids();
    private final Map<UUID, String> currencies = new ConcurrentHashMap<>();
    private final Map<String, Ids> paid = new ConcurrentHashMap<>();
    private final Map<String, Ids> transactions = new ConcurrentHashMap<>();

    Company(TestBooks books) {
        this.books = books;
        for (int i = 0; i < 4; i++) {
            customers.add(books.customer(caller).id());
            items.add(books.item(caller, 20).id());
            books.employee(caller, "1234.56", "EUR");
        }
    }

    Caller caller() {
        return caller;
    }

    Ledger ledger() {
        return ledger;
    }

    Call draw(Random random) {
        Key key = TestBooks.newKey();
        int dice = random.nextInt(100);
        if (dice < 20) {
            return createInvoice(key, random);
        } else if (dice < 38) {
            return finalizeInvoice(key, invoices.pick(random));
        } else if (dice < 56) {
            return pay(key, random);
        } else if (dice < 60) {
            return credit(key, random);
        } else if (dice < 64) {
            return refund(key, random);
        } else if (dice < 69) {
            UUID payment = payments.pick(random);
            return call("reversePayment", key, () -> books.reverse(caller, key, payment), id -> {});
        } else if (dice < 82) {
            UUID item = items.pick(random);
            long delta = random.nextInt(3) == 0 ? 1 + random.nextInt(20) : -1 - random.nextInt(15);
            return call("adjustInventory", key, () -> books.adjust(caller, key, item, delta), id -> {});
        }
        return dice < 96 ? bank(key, random, dice) : payroll(key, random);
    }

    private Call createInvoice(Key key, Random random) {
        String currency = CURRENCIES.get(random.nextInt(CURRENCIES.size()));
        LocalDate due = random.nextBoolean() ? null : LocalDate.of(2026, 1, 1).plusDays(random.nextInt(500));
        NewInvoice asked = new NewInvoice(
                customers.pick(random),
                currency,
                due,
                List.of(new NewInvoiceLine("Work", "1", "" + random.nextInt(100))));
        return call("createInvoice", key, () -> books.createInvoice(caller, key, asked), id -> {
            currencies.put(id, currency);
            invoices.add(id);
        });
    }

    private Call finalizeInvoice(Key key, UUID invoice) {
        return call("finalizeInvoice", key, () -> books.finalizeInvoice(caller, key, invoice.toString()), id -> {});
    }

    private Call pay(Key key, Random random) {
        UUID invoice = invoices.pick(random);
        String currency = currencies.getOrDefault(invoice, "EUR");
        String amount = AMOUNTS.get(random.nextInt(AMOUNTS.size()));
        return call("createPayment", key, () -> books.pay(caller, key, invoice, amount, currency), id -> {
            payments.add(id);
            if (currency.equals("EUR")) {
                of(paid, amount).add(id);
            }
        });
    }

    /** All that is left, or a little of the only line. */
    private Call credit(Key key, Random random) {
        UUID invoice = invoices.pick(random);
        String amount = AMOUNTS.get(random.nextInt(AMOUNTS.size()));
        NewCreditNote asked = random.nextInt(4) == 0
                ? new NewCreditNote("whole", null)
                : new NewCreditNote(null, List.of(new NewCreditLine(1L, amount)));
        return call("createCreditNote", key, () -> books.credit(caller, key, invoice, asked), id -> {});
    }

    /** A little of what is owed to the customer, if it is; or one that comes back. */
    private Call refund(Key key, Random random) {
        if (random.nextInt(4) == 0) {
            UUID refund = refunds.pick(random);
            return call("reverseRefund", key, () -> books.reverseRefund(caller, key, refund), id -> {});
        }
        UUID invoice = invoices.pick(random);
        String currency = currencies.getOrDefault(invoice, "EUR");
        String amount = AMOUNTS.get(random.nextInt(AMOUNTS.size()));
        return call("createRefund", key, () -> books.refund(caller, key, invoice, amount, currency), id -> {
            refunds.add(id);
            if (currency.equals("EUR")) {
                of(paid, "-" + amount).add(id);
            }
        });
    }

    private Call bank(Key key, Random random, int dice) {
        boolean out = random.nextInt(4) == 0;
        String amount = (out ? "-" : "") + AMOUNTS.get(random.nextInt(AMOUNTS.size()));
        UUID transaction = of(transactions, amount).pick(random);
        if (dice < 86) {
            String file = "date,amount,currency,reference\n2026-11-24,%s,EUR,%s\n".formatted(amount, key.value());
            return call(
                    "importBankTransactions",
                    key,
                    () -> books.importStatement(caller, key, "text/csv", file.getBytes(StandardCharsets.UTF_8)),
                    id -> imported(id, amount));
        } else if (dice < 92) {
            UUID explained = of(paid, amount).pick(random);
            return call(
                    "reconcileLedger",
                    key,
                    () -> out
                            ? books.reconcileRefund(caller, key, transaction, explained)
                            : books.reconcile(caller, key, transaction, explained),
                    id -> {});
        }
        return call("unreconcileLedger", key, () -> books.unreconcile(caller, key, transaction), id -> {});
    }

    private void imported(UUID importId, String amount) {
        HistoryClient.patiently(() -> books.semel()
                        .read(
                                caller.tenant(),
                                connection -> books.jdbc()
                                        .sql(
                                                "SELECT id FROM semel_books.bank_transactions WHERE tenant_id = ? AND import_id = ?")
                                        .params(caller.tenant(), importId)
                                        .query(UUID.class)
                                        .list()))
                .forEach(of(transactions, amount)::add);
    }

    private Call payroll(Key key, Random random) {
        if (random.nextInt(3) == 0) {
            UUID run = runs.pick(random);
            return call("reversePayrollRun", key, () -> books.reversePayroll(caller, key, run), id -> {});
        }
        String month = "20%02d-%02d".formatted(10 + random.nextInt(4), 1 + random.nextInt(12));
        return call("executePayroll", key, () -> books.payroll(caller, key, month, "EUR"), runs::add);
    }

    private static Ids of(Map<String, Ids> ids, String amount) {
        return ids.computeIfAbsent(amount, none -> new Ids());
    }

    private static Call call(String operation, Key key, Supplier<? extends Outcome<?>> write, Consumer<UUID> whenDone) {
        return new Call(operation, key, write, whenDone);
    }
}
