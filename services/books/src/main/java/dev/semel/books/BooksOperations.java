package dev.semel.books;

import dev.semel.Operation;
import dev.semel.RejectedException.Reason;
import dev.semel.books.access.AccessGrant;
import dev.semel.books.access.GrantAccess;
import dev.semel.books.access.NewAccessGrant;
import dev.semel.books.access.RevokeAccess;
import dev.semel.books.access.Revoking;
import dev.semel.books.bank.BankTransaction;
import dev.semel.books.bank.ImportBankTransactions;
import dev.semel.books.bank.ImportResult;
import dev.semel.books.bank.NewReconciliation;
import dev.semel.books.bank.Reconciliation;
import dev.semel.books.bank.UndoReconciliation;
import dev.semel.books.creditnotes.CreateCreditNote;
import dev.semel.books.creditnotes.CreditNote;
import dev.semel.books.creditnotes.NewCreditNote;
import dev.semel.books.customers.CreateCustomer;
import dev.semel.books.customers.Customer;
import dev.semel.books.customers.NewCustomer;
import dev.semel.books.employees.CreateEmployee;
import dev.semel.books.employees.Employee;
import dev.semel.books.employees.EndEmployment;
import dev.semel.books.employees.Leaving;
import dev.semel.books.employees.NewEmployee;
import dev.semel.books.inventory.AdjustInventory;
import dev.semel.books.inventory.Adjustment;
import dev.semel.books.inventory.CreateItem;
import dev.semel.books.inventory.Item;
import dev.semel.books.inventory.Movement;
import dev.semel.books.inventory.NewItem;
import dev.semel.books.invoices.CreateInvoice;
import dev.semel.books.invoices.Finalization;
import dev.semel.books.invoices.FinalizeInvoice;
import dev.semel.books.invoices.Invoice;
import dev.semel.books.invoices.NewInvoice;
import dev.semel.books.payments.CreatePayment;
import dev.semel.books.payments.NewPayment;
import dev.semel.books.payments.Payment;
import dev.semel.books.payments.PaymentReversal;
import dev.semel.books.payments.ReversePayment;
import dev.semel.books.payroll.ExecutePayroll;
import dev.semel.books.payroll.NewPayrollRun;
import dev.semel.books.payroll.PayrollReversal;
import dev.semel.books.payroll.PayrollRun;
import dev.semel.books.payroll.ReversePayrollRun;
import dev.semel.books.payroll.RunSummary;
import dev.semel.books.refunds.CreateRefund;
import dev.semel.books.refunds.NewRefund;
import dev.semel.books.refunds.Refund;
import dev.semel.books.refunds.RefundReversal;
import dev.semel.books.refunds.ReverseRefund;
import dev.semel.books.settings.NewSettings;
import dev.semel.books.settings.Settings;
import dev.semel.books.settings.UpdateSettings;
import dev.semel.books.workflows.RetryWorkflowRun;
import dev.semel.books.workflows.TriggerWorkflow;
import dev.semel.books.workflows.Triggering;
import dev.semel.books.workflows.WorkflowRun;
import dev.semel.books.workflows.WorkflowStart;
import dev.semel.spring.RawBody;
import java.util.Locale;

/** The operations of the books. */
public final class BooksOperations {
    /** An invoice of 1000 lines with descriptions of 500 characters, three bytes each. */
    private static final int LARGEST_INVOICE_BYTES = 2 << 20;

    /** The payslips that fit into an answer, and the run. */
    private static final int LARGEST_PAYROLL_BYTES = 5 << 20;

    /** Creates a customer. */
    public static final Operation<NewCustomer, Customer> CREATE_CUSTOMER = Operation.highRisk(
                    "createCustomer", NewCustomer.class, Customer.class)
            .emits(CreateCustomer.EVENT)
            .build();

    /** Creates an invoice as a draft. */
    public static final Operation<NewInvoice, Invoice> CREATE_INVOICE = Operation.financial(
                    "createInvoice", NewInvoice.class, Invoice.class)
            .emits(CreateInvoice.EVENT)
            .maxResultBytes(LARGEST_INVOICE_BYTES)
            .build();

    /** Makes an invoice owed and posts it. */
    public static final Operation<FinalizeInvoice, Invoice> FINALIZE_INVOICE = Operation.financial(
                    "finalizeInvoice", FinalizeInvoice.class, Invoice.class)
            .emits(Finalization.EVENT)
            .rejects(Reason.CONFLICT, "INVOICE_ALREADY_FINAL")
            .workflow("invoice-finalized")
            .maxResultBytes(LARGEST_INVOICE_BYTES)
            .build();

    /** Records a payment and posts it. */
    public static final Operation<NewPayment, Payment> CREATE_PAYMENT = Operation.financial(
                    "createPayment", NewPayment.class, Payment.class)
            .emits(CreatePayment.EVENT)
            .rejects(Reason.RULE, "INVOICE_NOT_FINAL", "OVERPAYMENT", "CURRENCY_MISMATCH")
            .workflow("payment-received")
            .coalesced()
            .build();

    /** Reverses a payment that was none. */
    public static final Operation<ReversePayment, Payment> REVERSE_PAYMENT = Operation.financial(
                    "reversePayment", ReversePayment.class, Payment.class)
            .emits(PaymentReversal.EVENT)
            .rejects(Reason.CONFLICT, "PAYMENT_ALREADY_REVERSED", "PAYMENT_RECONCILED")
            .build();

    /** Takes back what an invoice asks for, and posts it. */
    public static final Operation<NewCreditNote, CreditNote> CREATE_CREDIT_NOTE = Operation.financial(
                    "createCreditNote", NewCreditNote.class, CreditNote.class)
            .emits(CreateCreditNote.EVENT)
            .rejects(Reason.RULE, "INVOICE_NOT_FINAL", "INVOICE_LINE_UNKNOWN", "CREDIT_TOO_LARGE", "NOTHING_TO_CREDIT")
            .build();

    /** Pays back what is owed to a customer, and posts it. */
    public static final Operation<NewRefund, Refund> CREATE_REFUND = Operation.financial(
                    "createRefund", NewRefund.class, Refund.class)
            .emits(CreateRefund.EVENT)
            .rejects(Reason.RULE, "INVOICE_NOT_FINAL", "CURRENCY_MISMATCH", "REFUND_TOO_LARGE")
            .build();

    /** Reverses a refund that did not reach the customer. */
    public static final Operation<ReverseRefund, Refund> REVERSE_REFUND = Operation.financial(
                    "reverseRefund", ReverseRefund.class, Refund.class)
            .emits(RefundReversal.EVENT)
            .rejects(Reason.CONFLICT, "REFUND_ALREADY_REVERSED", "REFUND_RECONCILED")
            .build();

    /** Creates an item. */
    public static final Operation<NewItem, Item> CREATE_ITEM = Operation.standard(
                    "createItem", NewItem.class, Item.class)
            .emits(CreateItem.EVENT)
            .rejects(Reason.CONFLICT, "SKU_TAKEN")
            .build();

    /** Changes an item's quantity. */
    public static final Operation<Adjustment, Movement> ADJUST_INVENTORY = Operation.highRisk(
                    "adjustInventory", Adjustment.class, Movement.class)
            .emits(AdjustInventory.EVENT)
            .inTurn((adjustment, variables) ->
                    "item/" + String.valueOf(variables.get("id")).toLowerCase(Locale.ROOT))
            .rejects(Reason.RULE, "INSUFFICIENT_STOCK", "STOCK_TOO_LARGE")
            .build();

    /** Creates an employee. */
    public static final Operation<NewEmployee, Employee> CREATE_EMPLOYEE = Operation.highRisk(
                    "createEmployee", NewEmployee.class, Employee.class)
            .emits(CreateEmployee.EVENT)
            .build();

    /** An employee leaves. */
    public static final Operation<EndEmployment, Employee> END_EMPLOYMENT = Operation.highRisk(
                    "endEmployment", EndEmployment.class, Employee.class)
            .emits(Leaving.EVENT)
            .build();

    /** Pays a month. */
    public static final Operation<NewPayrollRun, PayrollRun> EXECUTE_PAYROLL = Operation.financial(
                    "executePayroll", NewPayrollRun.class, PayrollRun.class)
            .emits(ExecutePayroll.EVENT)
            .rejects(Reason.CONFLICT, "PAYROLL_ALREADY_EXECUTED")
            .workflow("payroll-executed")
            .maxResultBytes(LARGEST_PAYROLL_BYTES)
            .build();

    /** Reverses a run, so that its month can be paid again. */
    public static final Operation<ReversePayrollRun, RunSummary> REVERSE_PAYROLL_RUN = Operation.financial(
                    "reversePayrollRun", ReversePayrollRun.class, RunSummary.class)
            .emits(PayrollReversal.EVENT)
            .rejects(Reason.CONFLICT, "PAYROLL_ALREADY_REVERSED")
            .build();

    /** Changes the company's settings. */
    public static final Operation<NewSettings, Settings> UPDATE_COMPANY_SETTINGS = Operation.highRisk(
                    "updateCompanySettings", NewSettings.class, Settings.class)
            .emits(UpdateSettings.EVENT)
            .rejects(Reason.PRECONDITION, "PRECONDITION_FAILED")
            .build();

    /** Grants a user a role. */
    public static final Operation<NewAccessGrant, AccessGrant> GRANT_USER_ACCESS = Operation.highRisk(
                    "grantUserAccess", NewAccessGrant.class, AccessGrant.class)
            .emits(GrantAccess.EVENT)
            .build();

    /** Revokes a grant. */
    public static final Operation<RevokeAccess, AccessGrant> REVOKE_USER_ACCESS = Operation.highRisk(
                    "revokeUserAccess", RevokeAccess.class, AccessGrant.class)
            .emits(Revoking.EVENT)
            .build();

    /** Imports a bank's statement. */
    public static final Operation<RawBody, ImportResult> IMPORT_BANK_TRANSACTIONS = Operation.standard(
                    "importBankTransactions", RawBody.class, ImportResult.class)
            .emits(ImportBankTransactions.EVENT)
            .rejects(Reason.RULE, "STATEMENT_UNREADABLE")
            .build();

    /** Says which payment or refund a bank transaction is, and posts it. */
    public static final Operation<NewReconciliation, BankTransaction> RECONCILE_LEDGER = Operation.financial(
                    "reconcileLedger", NewReconciliation.class, BankTransaction.class)
            .emits(Reconciliation.EVENT)
            .rejects(Reason.RULE, "AMOUNT_MISMATCH")
            .rejects(Reason.CONFLICT, "ALREADY_RECONCILED", "PAYMENT_REVERSED", "REFUND_REVERSED")
            .build();

    /** Takes that back, by an entry the other way round. */
    public static final Operation<UndoReconciliation, BankTransaction> UNRECONCILE_LEDGER = Operation.financial(
                    "unreconcileLedger", UndoReconciliation.class, BankTransaction.class)
            .emits(Reconciliation.UNDONE_EVENT)
            .rejects(Reason.CONFLICT, "NOT_RECONCILED")
            .build();

    /** Starts a workflow by hand. */
    public static final Operation<TriggerWorkflow, WorkflowStart> TRIGGER_WORKFLOW = Operation.highRisk(
                    "triggerWorkflow", TriggerWorkflow.class, WorkflowStart.class)
            .emits(Triggering.STARTED)
            .build();

    /** Has a run that has failed tried again. */
    public static final Operation<RetryWorkflowRun, WorkflowRun> RETRY_WORKFLOW_RUN = Operation.standard(
                    "retryWorkflowRun", RetryWorkflowRun.class, WorkflowRun.class)
            .emits(Triggering.RETRIED)
            .rejects(Reason.CONFLICT, "RUN_NOT_FAILED")
            .build();

    private BooksOperations() {}
}
