package dev.semel.books;

import dev.semel.Call;
import dev.semel.Caller;
import dev.semel.Fingerprint;
import dev.semel.Handler;
import dev.semel.Key;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.Semel;
import dev.semel.books.access.AccessGrant;
import dev.semel.books.access.AccessGrantTable;
import dev.semel.books.access.GrantAccess;
import dev.semel.books.access.RevokeAccess;
import dev.semel.books.access.Revoking;
import dev.semel.books.bank.BankTransaction;
import dev.semel.books.bank.BankTransactionTable;
import dev.semel.books.bank.Explanations;
import dev.semel.books.bank.ImportBankTransactions;
import dev.semel.books.bank.NewReconciliation;
import dev.semel.books.bank.Reconciliation;
import dev.semel.books.bank.ReconciliationTable;
import dev.semel.books.bank.UndoReconciliation;
import dev.semel.books.creditnotes.CreateCreditNote;
import dev.semel.books.creditnotes.CreditNote;
import dev.semel.books.creditnotes.CreditNoteTable;
import dev.semel.books.creditnotes.NewCreditNote;
import dev.semel.books.customers.CreateCustomer;
import dev.semel.books.customers.CustomerTable;
import dev.semel.books.employees.CreateEmployee;
import dev.semel.books.employees.Employee;
import dev.semel.books.employees.EmployeeTable;
import dev.semel.books.employees.EndEmployment;
import dev.semel.books.employees.Leaving;
import dev.semel.books.inventory.AdjustInventory;
import dev.semel.books.inventory.Adjustment;
import dev.semel.books.inventory.CreateItem;
import dev.semel.books.inventory.ItemTable;
import dev.semel.books.inventory.Movement;
import dev.semel.books.inventory.MovementTable;
import dev.semel.books.invoices.CreateInvoice;
import dev.semel.books.invoices.Finalization;
import dev.semel.books.invoices.FinalizeInvoice;
import dev.semel.books.invoices.Invoice;
import dev.semel.books.invoices.InvoiceLineTable;
import dev.semel.books.invoices.InvoiceReads;
import dev.semel.books.invoices.InvoiceTable;
import dev.semel.books.ledger.JournalEntryTable;
import dev.semel.books.payments.CreatePayment;
import dev.semel.books.payments.CreatePayments;
import dev.semel.books.payments.Payment;
import dev.semel.books.payments.PaymentReversal;
import dev.semel.books.payments.PaymentTable;
import dev.semel.books.payments.ReversePayment;
import dev.semel.books.payroll.ExecutePayroll;
import dev.semel.books.payroll.PayrollReads;
import dev.semel.books.payroll.PayrollReversal;
import dev.semel.books.payroll.PayrollRunTable;
import dev.semel.books.payroll.PayslipTable;
import dev.semel.books.payroll.ReversePayrollRun;
import dev.semel.books.payroll.RunDeductionTable;
import dev.semel.books.payroll.RunSummary;
import dev.semel.books.refunds.CreateRefund;
import dev.semel.books.refunds.Refund;
import dev.semel.books.refunds.RefundReversal;
import dev.semel.books.refunds.RefundTable;
import dev.semel.books.refunds.ReverseRefund;
import dev.semel.books.settings.DeductionTable;
import dev.semel.books.settings.NewSettings;
import dev.semel.books.settings.Settings;
import dev.semel.books.settings.SettingsTable;
import dev.semel.books.settings.UpdateSettings;
import dev.semel.books.workflows.RetryWorkflowRun;
import dev.semel.books.workflows.RunTable;
import dev.semel.books.workflows.TriggerWorkflow;
import dev.semel.books.workflows.Triggering;
import dev.semel.books.workflows.Workflow;
import dev.semel.books.workflows.WorkflowRun;
import dev.semel.books.workflows.WorkflowStart;
import dev.semel.books.workflows.WorkflowStep;
import dev.semel.books.workflows.Workflows;
import dev.semel.jackson.JacksonCodec;
import dev.semel.spring.internal.SpringTransactions;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The books' operations on a data source, put together as the server does it. */
record BooksEngine(
        Semel semel,
        JdbcClient jdbc,
        Finalization finalization,
        AdjustInventory adjusting,
        Leaving leaving,
        UpdateSettings updating,
        Revoking revoking) {
    static BooksEngine on(DataSource source) {
        JdbcClient jdbc = JdbcClient.create(source);
        InvoiceTable invoices = new InvoiceTable(jdbc);
        InvoiceLineTable lines = new InvoiceLineTable(jdbc);
        return new BooksEngine(
                semel(source, jdbc),
                jdbc,
                new Finalization(invoices, lines, new JournalEntryTable(jdbc)),
                new AdjustInventory(new ItemTable(jdbc), new MovementTable(jdbc)),
                new Leaving(new EmployeeTable(jdbc)),
                new UpdateSettings(new SettingsTable(jdbc), new DeductionTable(jdbc)),
                new Revoking(new AccessGrantTable(jdbc)));
    }

    private static Semel semel(DataSource source, JdbcClient jdbc) {
        InvoiceTable invoices = new InvoiceTable(jdbc);
        InvoiceLineTable lines = new InvoiceLineTable(jdbc);
        CustomerTable customers = new CustomerTable(jdbc);
        PaymentTable payments = new PaymentTable(jdbc);
        Semel.Builder builder = Semel.builder(
                new SpringTransactions(new JdbcTransactionManager(source), source), JacksonCodec.ofDefaults());
        JournalEntryTable journal = new JournalEntryTable(jdbc);
        new BooksConfigurer(
                        customers,
                        new InvoiceReads(invoices, lines),
                        payments,
                        new CreatePayments(invoices, payments, journal))
                .configure(builder);
        InventoryConfiguration.configurer(new ItemTable(jdbc), new MovementTable(jdbc))
                .configure(builder);
        EmployeesConfiguration.configurer(new EmployeeTable(jdbc)).configure(builder);
        new SettingsConfiguration().settingsConfigurer().configure(builder);
        AccessConfiguration.configurer(new AccessGrantTable(jdbc)).configure(builder);
        builder.handle(BooksOperations.GRANT_USER_ACCESS, new GrantAccess(new AccessGrantTable(jdbc)));
        PayrollRunTable runs = new PayrollRunTable(jdbc);
        RunDeductionTable deductions = new RunDeductionTable(jdbc);
        PayslipTable payslips = new PayslipTable(jdbc);
        CreditNoteConfiguration.configurer(new CreditNoteTable(jdbc)).configure(builder);
        RefundConfiguration.configurer(new RefundTable(jdbc)).configure(builder);
        builder.handle(
                BooksOperations.CREATE_REFUND,
                new CreateRefund(invoices, new RefundTable(jdbc), new JournalEntryTable(jdbc)));
        PayrollConfiguration.configurer(new PayrollReads(runs, deductions, payslips), runs)
                .configure(builder);
        builder.handle(
                BooksOperations.EXECUTE_PAYROLL,
                new ExecutePayroll(runs, deductions, payslips, new JournalEntryTable(jdbc)));
        builder.handle(BooksOperations.CREATE_EMPLOYEE, new CreateEmployee(new EmployeeTable(jdbc)));
        builder.handle(BooksOperations.CREATE_ITEM, new CreateItem(new ItemTable(jdbc)));
        BankTransactionTable transactions = new BankTransactionTable(jdbc);
        new BankConfigurer(transactions, new ReconciliationTable(jdbc)).configure(builder);
        new WorkflowConfigurer(new RunTable(jdbc)).configure(builder);
        builder.handle(BooksOperations.IMPORT_BANK_TRANSACTIONS, new ImportBankTransactions(transactions));
        return builder.handle(BooksOperations.CREATE_CUSTOMER, new CreateCustomer(customers))
                .handle(BooksOperations.CREATE_INVOICE, new CreateInvoice(customers, invoices, lines))
                .handle(
                        BooksOperations.CREATE_PAYMENT,
                        new CreatePayment(invoices, payments, new JournalEntryTable(jdbc)))
                .build();
    }

    private Triggering triggering() {
        Workflow workflow = Workflow.of("by-hand", new WorkflowStep("nothing", step -> Map.of()));
        return new Triggering(new Workflows(List.of(workflow)), new RunTable(jdbc), JacksonCodec.ofDefaults());
    }

    Outcome<WorkflowStart> trigger(Caller caller, Key key, String name, Map<String, Object> input) {
        return onPath(
                BooksOperations.TRIGGER_WORKFLOW,
                caller,
                key,
                name,
                new TriggerWorkflow(input),
                write -> triggering().trigger(name, write));
    }

    Outcome<WorkflowRun> retryRun(Caller caller, Key key, String id) {
        return onPath(
                BooksOperations.RETRY_WORKFLOW_RUN,
                caller,
                key,
                id,
                new RetryWorkflowRun(),
                write -> triggering().retry(id, write));
    }

    private Reconciliation reconciliation() {
        return new Reconciliation(
                new BankTransactionTable(jdbc),
                new ReconciliationTable(jdbc),
                new Explanations(new PaymentTable(jdbc), new RefundTable(jdbc)),
                new JournalEntryTable(jdbc));
    }

    Outcome<BankTransaction> reconcile(Caller caller, Key key, String id, NewReconciliation explained) {
        return onPath(
                BooksOperations.RECONCILE_LEDGER,
                caller,
                key,
                id,
                explained,
                write -> reconciliation().reconcile(id, write));
    }

    Outcome<BankTransaction> unreconcile(Caller caller, Key key, String id) {
        return onPath(
                BooksOperations.UNRECONCILE_LEDGER,
                caller,
                key,
                id,
                new UndoReconciliation(),
                write -> reconciliation().undo(id, write));
    }

    /** As the gate calls an operation whose path names what it is about. */
    private <P, R> Outcome<R> onPath(
            Operation<P, R> operation, Caller caller, Key key, String id, P payload, Handler<P, R> handler) {
        Map<String, String> variables = Map.of("id", id);
        byte[] body = JacksonCodec.ofDefaults().write(payload);
        return semel.execute(new Call<>(
                operation,
                caller,
                key,
                payload,
                Fingerprint.of(operation.name(), variables, body),
                variables,
                handler));
    }

    Outcome<Payment> reversePayment(Caller caller, Key key, String id, @Nullable String reason) {
        PaymentReversal reversal =
                new PaymentReversal(new InvoiceTable(jdbc), new PaymentTable(jdbc), new JournalEntryTable(jdbc));
        return onPath(
                BooksOperations.REVERSE_PAYMENT,
                caller,
                key,
                id,
                new ReversePayment(reason),
                write -> reversal.handle(id, write));
    }

    Outcome<Refund> reverseRefund(Caller caller, Key key, String id, @Nullable String reason) {
        RefundReversal reversal =
                new RefundReversal(new InvoiceTable(jdbc), new RefundTable(jdbc), new JournalEntryTable(jdbc));
        return onPath(
                BooksOperations.REVERSE_REFUND,
                caller,
                key,
                id,
                new ReverseRefund(reason),
                write -> reversal.handle(id, write));
    }

    Outcome<CreditNote> credit(Caller caller, Key key, String invoice, NewCreditNote asked) {
        CreateCreditNote crediting = new CreateCreditNote(
                new InvoiceTable(jdbc),
                new InvoiceLineTable(jdbc),
                new CreditNoteTable(jdbc),
                new JournalEntryTable(jdbc));
        return onPath(
                BooksOperations.CREATE_CREDIT_NOTE,
                caller,
                key,
                invoice,
                asked,
                write -> crediting.handle(invoice, write));
    }

    Outcome<RunSummary> reversePayroll(Caller caller, Key key, String run, @Nullable String reason) {
        PayrollReversal reversal = new PayrollReversal(new PayrollRunTable(jdbc), new JournalEntryTable(jdbc));
        return onPath(
                BooksOperations.REVERSE_PAYROLL_RUN,
                caller,
                key,
                run,
                new ReversePayrollRun(reason),
                write -> reversal.handle(run, write));
    }

    Outcome<Invoice> finalizeInvoice(Caller caller, Key key, String id) {
        Map<String, String> path = Map.of("id", id);
        return execute(
                BooksOperations.FINALIZE_INVOICE,
                caller,
                key,
                new FinalizeInvoice(),
                path,
                write -> finalization.handle(id, write));
    }

    Outcome<Movement> adjust(Caller caller, Key key, String item, Adjustment adjustment) {
        Map<String, String> path = Map.of("id", item);
        return execute(
                BooksOperations.ADJUST_INVENTORY,
                caller,
                key,
                adjustment,
                path,
                write -> adjusting.handle(item, write));
    }

    Outcome<Employee> leave(Caller caller, Key key, String employee) {
        Map<String, String> path = Map.of("id", employee);
        return execute(
                BooksOperations.END_EMPLOYMENT,
                caller,
                key,
                new EndEmployment(),
                path,
                write -> leaving.handle(employee, write));
    }

    Outcome<Settings> update(Caller caller, Key key, @Nullable String ifMatch, NewSettings settings) {
        return execute(
                BooksOperations.UPDATE_COMPANY_SETTINGS,
                caller,
                key,
                settings,
                Map.of(),
                write -> updating.handle(ifMatch, write));
    }

    Outcome<AccessGrant> revoke(Caller caller, Key key, String grant) {
        Map<String, String> path = Map.of("id", grant);
        return execute(
                BooksOperations.REVOKE_USER_ACCESS,
                caller,
                key,
                new RevokeAccess(),
                path,
                write -> revoking.handle(grant, write));
    }

    /** As a gate does it. */
    private <P, R> Outcome<R> execute(
            Operation<P, R> operation,
            Caller caller,
            Key key,
            P payload,
            Map<String, String> path,
            Handler<P, R> handler) {
        JacksonCodec codec = JacksonCodec.ofDefaults();
        Fingerprint fingerprint = Fingerprint.of(operation.name(), path, codec.canonical(codec.write(payload)));
        return semel.execute(new Call<>(operation, caller, key, payload, fingerprint, path, handler));
    }
}
