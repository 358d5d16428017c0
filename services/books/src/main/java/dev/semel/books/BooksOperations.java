package dev.semel.books;

import dev.semel.Operation;
import dev.semel.books.bank.BankTransaction;
import dev.semel.books.bank.ImportBankTransactions;
import dev.semel.books.bank.ImportResult;
import dev.semel.books.bank.NewReconciliation;
import dev.semel.books.bank.Reconciliation;
import dev.semel.books.bank.UndoReconciliation;
import dev.semel.books.customers.CreateCustomer;
import dev.semel.books.customers.Customer;
import dev.semel.books.customers.NewCustomer;
import dev.semel.books.invoices.CreateInvoice;
import dev.semel.books.invoices.Finalization;
import dev.semel.books.invoices.FinalizeInvoice;
import dev.semel.books.invoices.Invoice;
import dev.semel.books.invoices.NewInvoice;
import dev.semel.books.payments.CreatePayment;
import dev.semel.books.payments.NewPayment;
import dev.semel.books.payments.Payment;
import dev.semel.books.workflows.RetryWorkflowRun;
import dev.semel.books.workflows.TriggerWorkflow;
import dev.semel.books.workflows.Triggering;
import dev.semel.books.workflows.WorkflowRun;
import dev.semel.books.workflows.WorkflowStart;
import dev.semel.spring.RawBody;

/** The operations of the books. */
public final class BooksOperations {
    /** An invoice of 1000 lines with descriptions of 500 characters, three bytes each. */
    private static final int LARGEST_INVOICE_BYTES = 2 << 20;

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
            .workflow("invoice-finalized")
            .maxResultBytes(LARGEST_INVOICE_BYTES)
            .build();

    /** Records a payment and posts it. */
    public static final Operation<NewPayment, Payment> CREATE_PAYMENT = Operation.financial(
                    "createPayment", NewPayment.class, Payment.class)
            .emits(CreatePayment.EVENT)
            .workflow("payment-received")
            .build();

    /** Imports a bank's statement. */
    public static final Operation<RawBody, ImportResult> IMPORT_BANK_TRANSACTIONS = Operation.standard(
                    "importBankTransactions", RawBody.class, ImportResult.class)
            .emits(ImportBankTransactions.EVENT)
            .build();

    /** Says which payment a bank transaction brought, and posts it. */
    public static final Operation<NewReconciliation, BankTransaction> RECONCILE_LEDGER = Operation.financial(
                    "reconcileLedger", NewReconciliation.class, BankTransaction.class)
            .emits(Reconciliation.EVENT)
            .build();

    /** Takes that back, by an entry the other way round. */
    public static final Operation<UndoReconciliation, BankTransaction> UNRECONCILE_LEDGER = Operation.financial(
                    "unreconcileLedger", UndoReconciliation.class, BankTransaction.class)
            .emits(Reconciliation.UNDONE_EVENT)
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
            .build();

    private BooksOperations() {}
}
