package dev.semel.books.payments;

import dev.semel.BatchHandler;
import dev.semel.Write;
import dev.semel.books.invoices.InvoiceStatus;
import dev.semel.books.invoices.InvoiceTable;
import dev.semel.books.invoices.StoredInvoice;
import dev.semel.books.ledger.JournalEntryTable;
import dev.semel.books.money.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What {@link CreatePayment} does, for many payments with four statements. Leaves out what is to be rejected: a payment on an
 * invoice that is not final, in another currency, or of more than those before it have left to be paid.
 */
public final class CreatePayments implements BatchHandler<NewPayment, Payment> {
    private final InvoiceTable invoices;
    private final PaymentTable payments;
    private final JournalEntryTable journal;

    /** Writes into those tables. */
    public CreatePayments(InvoiceTable invoices, PaymentTable payments, JournalEntryTable journal) {
        this.invoices = invoices;
        this.payments = payments;
        this.journal = journal;
    }

    @Override
    public Map<UUID, Payment> handle(List<Write<NewPayment>> writes) {
        String tenant = writes.get(0).tenant();
        List<Write<NewPayment>> payable = payable(writes, balances(tenant, writes));
        if (payable.isEmpty()) {
            return Map.of();
        }
        Map<UUID, Payment> recorded = payments.insertAll(tenant, byId(payable));
        invoices.payAll(tenant, sums(payable));
        journal.post(tenant, payable.stream().map(CreatePayment::posting).toList());
        payable.forEach(write -> CreatePayment.emit(write, Objects.requireNonNull(recorded.get(write.resultId()))));
        return recorded;
    }

    /** What is still to be paid on the final ones of the invoices, which are locked from now on. */
    private Map<UUID, Money> balances(String tenant, List<Write<NewPayment>> writes) {
        Set<UUID> ids =
                writes.stream().map(write -> write.payload().invoiceId()).collect(Collectors.toSet());
        Map<UUID, Money> balances = new HashMap<>();
        for (StoredInvoice invoice : invoices.lockAll(tenant, ids)) {
            if (invoice.status() == InvoiceStatus.FINAL) {
                balances.put(invoice.id(), invoice.balance());
            }
        }
        return balances;
    }

    private static List<Write<NewPayment>> payable(List<Write<NewPayment>> writes, Map<UUID, Money> balances) {
        List<Write<NewPayment>> payable = new ArrayList<>();
        for (Write<NewPayment> write : writes) {
            Money amount = write.payload().money();
            Money balance = balances.get(write.payload().invoiceId());
            if (balance != null && balance.currency().equals(amount.currency()) && amount.compareTo(balance) <= 0) {
                balances.put(write.payload().invoiceId(), balance.minus(amount));
                payable.add(write);
            }
        }
        return payable;
    }

    private static Map<UUID, NewPayment> byId(List<Write<NewPayment>> writes) {
        Map<UUID, NewPayment> byId = new LinkedHashMap<>();
        writes.forEach(write -> byId.put(write.resultId(), write.payload()));
        return byId;
    }

    private static Map<UUID, Money> sums(List<Write<NewPayment>> writes) {
        Map<UUID, Money> sums = new HashMap<>();
        writes.forEach(
                write -> sums.merge(write.payload().invoiceId(), write.payload().money(), Money::plus));
        return sums;
    }
}
