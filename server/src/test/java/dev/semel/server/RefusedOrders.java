package dev.semel.server;

import static dev.semel.server.BooksOrders.IMPORT;
import static dev.semel.server.BooksOrders.adjust;
import static dev.semel.server.BooksOrders.credit;
import static dev.semel.server.BooksOrders.invoice;
import static dev.semel.server.BooksOrders.item;
import static dev.semel.server.BooksOrders.leave;
import static dev.semel.server.BooksOrders.lines;
import static dev.semel.server.BooksOrders.makeFinal;
import static dev.semel.server.BooksOrders.pay;
import static dev.semel.server.BooksOrders.reconcile;
import static dev.semel.server.BooksOrders.reconcileRefund;
import static dev.semel.server.BooksOrders.refund;
import static dev.semel.server.BooksOrders.retry;
import static dev.semel.server.BooksOrders.reverse;
import static dev.semel.server.BooksOrders.reverseRefund;
import static dev.semel.server.BooksOrders.revoke;
import static dev.semel.server.BooksOrders.statement;
import static dev.semel.server.BooksOrders.trigger;
import static dev.semel.server.BooksOrders.undo;
import static dev.semel.server.BooksOrders.unreconcile;

import dev.semel.server.RefusedOrder.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** All refusals of the books, asked for in the name of acme's admin. */
final class RefusedOrders {
    private static final String NOWHERE = "00000000-0000-4000-8000-000000000000";

    private final BooksOrders make;
    private final List<RefusedOrder> all = new ArrayList<>();

    RefusedOrders(TestServer server) {
        this.make = new BooksOrders(server);
    }

    List<RefusedOrder> all() {
        invoices();
        payments();
        creditNotes();
        refunds();
        bank();
        payroll();
        stock();
        company();
        return List.copyOf(all);
    }

    private void refuse(int status, String operation, String code, String when, Supplier<Attempt> arranged) {
        all.add(new RefusedOrder(operation, code, status, when, arranged));
    }

    private void missing(String operation, String what, Supplier<Attempt> arranged) {
        refuse(404, operation, "NOT_FOUND", what, arranged);
    }

    private void invoices() {
        missing("createInvoice", "customer", () -> new Attempt(invoice(NOWHERE), invoice(make.customer())));
        missing("finalizeInvoice", "invoice", () -> new Attempt(makeFinal(NOWHERE), makeFinal(make.draft())));
        missing("finalizeInvoice", "what is no id", () -> new Attempt(makeFinal("x"), makeFinal(make.draft())));
        refuse(409, "finalizeInvoice", "INVOICE_ALREADY_FINAL", "final", () -> {
            String invoice = make.done(makeFinal(make.draft()));
            return new Attempt(makeFinal(invoice), makeFinal(make.draft()));
        });
    }

    private void payments() {
        missing("createPayment", "invoice", () -> new Attempt(pay(NOWHERE, "1"), pay(make.owed(), "1")));
        refuse(422, "createPayment", "INVOICE_NOT_FINAL", "draft", () -> {
            return new Attempt(pay(make.draft(), "1"), pay(make.owed(), "1"));
        });
        refuse(422, "createPayment", "OVERPAYMENT", "a cent too much", () -> {
            String invoice = make.owed();
            return new Attempt(pay(invoice, "10.01"), pay(invoice, "10.00"));
        });
        refuse(422, "createPayment", "CURRENCY_MISMATCH", "dollars", () -> {
            Order paid = pay(make.owed(), "1");
            return new Attempt(paid.withBody(paid.body().replace("EUR", "USD")), paid);
        });
        missing("reversePayment", "payment", () -> new Attempt(reverse(NOWHERE), reverse(make.payment())));
        refuse(409, "reversePayment", "PAYMENT_ALREADY_REVERSED", "reversed", () -> {
            String payment = make.done(reverse(make.payment()));
            return new Attempt(reverse(payment), reverse(make.payment()));
        });
        refuse(409, "reversePayment", "PAYMENT_RECONCILED", "reconciled", () -> {
            String payment = make.payment();
            make.done(reconcile(make.transaction("10"), payment));
            return new Attempt(reverse(payment), reverse(make.payment()));
        });
    }

    private void creditNotes() {
        missing("createCreditNote", "invoice", () -> new Attempt(credit(NOWHERE, "{}"), credit(make.owed(), "{}")));
        refuse(422, "createCreditNote", "INVOICE_NOT_FINAL", "draft", () -> {
            return new Attempt(credit(make.draft(), "{}"), credit(make.owed(), "{}"));
        });
        refuse(422, "createCreditNote", "INVOICE_LINE_UNKNOWN", "a line that it has not", () -> {
            String invoice = make.owed();
            return new Attempt(credit(invoice, lines(2, "1")), credit(invoice, lines(1, "1")));
        });
        refuse(422, "createCreditNote", "CREDIT_TOO_LARGE", "more than is left of the line", () -> {
            String invoice = make.owed();
            make.done(credit(invoice, lines(1, "6")));
            return new Attempt(credit(invoice, lines(1, "4.01")), credit(invoice, lines(1, "4.00")));
        });
        refuse(422, "createCreditNote", "NOTHING_TO_CREDIT", "credited in full", () -> {
            String invoice = make.owed();
            make.done(credit(invoice, "{}"));
            return new Attempt(credit(invoice, "{}"), credit(make.owed(), "{}"));
        });
        refuse(422, "createPayment", "OVERPAYMENT", "more than is left beside a credit note", () -> {
            String invoice = make.owed();
            make.done(credit(invoice, lines(1, "6")));
            return new Attempt(pay(invoice, "4.01"), pay(invoice, "4.00"));
        });
    }

    private void refunds() {
        missing("createRefund", "invoice", () -> new Attempt(refund(NOWHERE, "1"), refund(make.overpaid(), "1")));
        refuse(422, "createRefund", "INVOICE_NOT_FINAL", "draft", () -> {
            return new Attempt(refund(make.draft(), "1"), refund(make.overpaid(), "1"));
        });
        refuse(422, "createRefund", "REFUND_TOO_LARGE", "a cent too much", () -> {
            String invoice = make.overpaid();
            return new Attempt(refund(invoice, "6.01"), refund(invoice, "6.00"));
        });
        refuse(422, "createRefund", "CURRENCY_MISMATCH", "dollars", () -> {
            Order paid = refund(make.overpaid(), "1");
            return new Attempt(paid.withBody(paid.body().replace("EUR", "USD")), paid);
        });
        missing("reverseRefund", "refund", () -> new Attempt(reverseRefund(NOWHERE), reverseRefund(make.refunded())));
        refuse(409, "reverseRefund", "REFUND_ALREADY_REVERSED", "reversed", () -> {
            String refund = make.done(reverseRefund(make.refunded()));
            return new Attempt(reverseRefund(refund), reverseRefund(make.refunded()));
        });
        refuse(409, "reverseRefund", "REFUND_RECONCILED", "reconciled", () -> {
            String refund = make.refunded();
            make.done(reconcileRefund(make.transaction("-6"), refund));
            return new Attempt(reverseRefund(refund), reverseRefund(make.refunded()));
        });
        missing("reconcileLedger", "refund", () -> {
            String transaction = make.transaction("-6");
            return new Attempt(reconcileRefund(transaction, NOWHERE), reconcileRefund(transaction, make.refunded()));
        });
        refuse(422, "reconcileLedger", "AMOUNT_MISMATCH", "money that came in", () -> {
            String refund = make.refunded();
            return new Attempt(
                    reconcileRefund(make.transaction("6"), refund), reconcileRefund(make.transaction("-6"), refund));
        });
        refuse(409, "reconcileLedger", "REFUND_REVERSED", "reversed", () -> {
            String refund = make.done(reverseRefund(make.refunded()));
            String transaction = make.transaction("-6");
            return new Attempt(reconcileRefund(transaction, refund), reconcileRefund(transaction, make.refunded()));
        });
    }

    private void bank() {
        refuse(422, "importBankTransactions", "STATEMENT_UNREADABLE", "no statement", () -> {
            return new Attempt(Order.csv(IMPORT, "nonsense"), Order.csv(IMPORT, statement("R-" + make.next(), "1")));
        });
        missing("reconcileLedger", "bank transaction", () -> {
            String payment = make.payment();
            return new Attempt(reconcile(NOWHERE, payment), reconcile(make.transaction("10"), payment));
        });
        missing("reconcileLedger", "payment", () -> {
            String transaction = make.transaction("10");
            return new Attempt(reconcile(transaction, NOWHERE), reconcile(transaction, make.payment()));
        });
        refuse(422, "reconcileLedger", "AMOUNT_MISMATCH", "another amount", () -> {
            String payment = make.payment();
            return new Attempt(
                    reconcile(make.transaction("9.99"), payment), reconcile(make.transaction("10"), payment));
        });
        refuse(422, "reconcileLedger", "AMOUNT_MISMATCH", "another currency", () -> {
            String payment = make.payment();
            String dollars = make.transaction("10", "USD");
            return new Attempt(reconcile(dollars, payment), reconcile(make.transaction("10"), payment));
        });
        refuse(409, "reconcileLedger", "ALREADY_RECONCILED", "the transaction", () -> {
            String transaction = make.done(reconcile(make.transaction("10"), make.payment()));
            String payment = make.payment();
            return new Attempt(reconcile(transaction, payment), reconcile(make.transaction("10"), payment));
        });
        refuse(409, "reconcileLedger", "ALREADY_RECONCILED", "the payment", () -> {
            String payment = make.payment();
            make.done(reconcile(make.transaction("10"), payment));
            String transaction = make.transaction("10");
            return new Attempt(reconcile(transaction, payment), reconcile(transaction, make.payment()));
        });
        refuse(409, "reconcileLedger", "PAYMENT_REVERSED", "reversed", () -> {
            String payment = make.done(reverse(make.payment()));
            String transaction = make.transaction("10");
            return new Attempt(reconcile(transaction, payment), reconcile(transaction, make.payment()));
        });
        missing("unreconcileLedger", "bank transaction", () -> {
            return new Attempt(unreconcile(NOWHERE), unreconcile(make.reconciled()));
        });
        refuse(409, "unreconcileLedger", "NOT_RECONCILED", "never reconciled", () -> {
            return new Attempt(unreconcile(make.transaction("10")), unreconcile(make.reconciled()));
        });
    }

    private void payroll() {
        missing("endEmployment", "employee", () -> new Attempt(leave(NOWHERE), leave(make.employee())));
        refuse(409, "executePayroll", "PAYROLL_ALREADY_EXECUTED", "paid", () -> {
            Order month = make.month();
            make.done(month);
            return new Attempt(month, make.month());
        });
        missing("reversePayrollRun", "payroll run", () -> new Attempt(undo(NOWHERE), undo(make.done(make.month()))));
        refuse(409, "reversePayrollRun", "PAYROLL_ALREADY_REVERSED", "reversed", () -> {
            String run = make.done(undo(make.done(make.month())));
            return new Attempt(undo(run), undo(make.done(make.month())));
        });
    }

    private void stock() {
        refuse(409, "createItem", "SKU_TAKEN", "another item's", () -> {
            String sku = "SKU-" + make.next();
            make.done(item(sku, 1));
            return new Attempt(item(sku, 1), item("SKU-" + make.next(), 1));
        });
        missing("adjustInventory", "item", () -> new Attempt(adjust(NOWHERE, 1), adjust(make.stored(1), 1)));
        refuse(422, "adjustInventory", "INSUFFICIENT_STOCK", "one too many", () -> {
            String item = make.stored(3);
            return new Attempt(adjust(item, -4), adjust(item, -3));
        });
        refuse(422, "adjustInventory", "STOCK_TOO_LARGE", "one too many to count", () -> {
            String item = make.stored(999_999_999_999_998L);
            return new Attempt(adjust(item, 2), adjust(item, 1));
        });
    }

    private void company() {
        refuse(412, "updateCompanySettings", "PRECONDITION_FAILED", "another version", () -> {
            Order settings = Order.put("/api/settings", "{\"legalName\":\"Acme " + make.next() + "\"}");
            return new Attempt(settings.with("If-Match", "\"999\""), settings.with("If-Match", "*"));
        });
        missing("revokeUserAccess", "grant", () -> new Attempt(revoke(NOWHERE), revoke(make.grant())));
        missing("triggerWorkflow", "workflow", () -> new Attempt(trigger("no-such"), trigger("payment-received")));
        missing("retryWorkflowRun", "run", () -> new Attempt(retry(NOWHERE), retry(make.failed())));
        refuse(409, "retryWorkflowRun", "RUN_NOT_FAILED", "completed", () -> {
            return new Attempt(retry(make.done(trigger("payment-received"))), retry(make.failed()));
        });
    }
}
