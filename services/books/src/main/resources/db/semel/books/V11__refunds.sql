-- Refunds: what is owed to customers is paid back to them, never more than is owed for the invoice, and seen at the bank as a
-- transaction that takes money from the account.

ALTER TABLE semel_books.invoices
    ADD COLUMN refunded numeric NOT NULL DEFAULT 0, -- what of the refundable was paid back
    ADD CONSTRAINT invoices_refunded_within_refundable CHECK (refunded BETWEEN 0 AND refundable);

-- As payments: one that was reversed stays, is never reconciled, and while it is reconciled it is not reversed.
CREATE TABLE semel_books.refunds (
    tenant_id       text        NOT NULL,
    id              uuid        NOT NULL,
    invoice_id      uuid        NOT NULL,
    amount          numeric     NOT NULL CHECK (amount > 0),
    currency        text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    method          text        CHECK (char_length(method) BETWEEN 1 AND 50),
    reference       text        CHECK (char_length(reference) BETWEEN 1 AND 200),
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    reversal_id     uuid,       -- the write that reversed it
    reversed_at     timestamptz,
    reversal_reason text        CHECK (char_length(reversal_reason) BETWEEN 1 AND 200),
    reversed        boolean     NOT NULL GENERATED ALWAYS AS (reversal_id IS NOT NULL) STORED,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT refunds_standing UNIQUE (tenant_id, id, reversed),
    CONSTRAINT refunds_reversed_by_a_write CHECK (
        (reversal_id IS NULL) = (reversed_at IS NULL) AND (reversal_reason IS NULL OR reversal_id IS NOT NULL)),
    FOREIGN KEY (tenant_id, invoice_id) REFERENCES semel_books.invoices (tenant_id, id)
);
CREATE INDEX refunds_by_creation ON semel_books.refunds (tenant_id, created_at, id);
CREATE INDEX refunds_by_invoice ON semel_books.refunds (tenant_id, invoice_id, created_at, id);
CREATE UNIQUE INDEX refunds_by_reversal ON semel_books.refunds (tenant_id, reversal_id) WHERE reversal_id IS NOT NULL;

-- A bank transaction is explained by a payment or by a refund.
ALTER TABLE semel_books.reconciliations
    ALTER COLUMN payment_id DROP NOT NULL,
    ADD COLUMN refund_id uuid,
    ADD COLUMN refund_reversed boolean GENERATED ALWAYS AS (CASE WHEN reversal_id IS NULL THEN false END) STORED,
    ADD CONSTRAINT reconciliations_of_one CHECK (num_nonnulls(payment_id, refund_id) = 1),
    ADD CONSTRAINT reconciliations_of_a_refund FOREIGN KEY (tenant_id, refund_id)
        REFERENCES semel_books.refunds (tenant_id, id),
    ADD CONSTRAINT reconciliations_of_a_refund_that_stands FOREIGN KEY (tenant_id, refund_id, refund_reversed)
        REFERENCES semel_books.refunds (tenant_id, id, reversed);
CREATE UNIQUE INDEX reconciliations_one_of_a_refund
    ON semel_books.reconciliations (tenant_id, refund_id) WHERE reversal_id IS NULL;

-- What is reconciled with one that is reversed, whether it stands or not: the foreign keys ask for it.
CREATE INDEX reconciliations_of_refunds ON semel_books.reconciliations (tenant_id, refund_id) WHERE refund_id IS NOT NULL;
CREATE INDEX reconciliations_of_payments ON semel_books.reconciliations (tenant_id, payment_id) WHERE payment_id IS NOT NULL;

ALTER TABLE semel_books.refunds ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.refunds FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.refunds
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

GRANT UPDATE (refunded) ON semel_books.invoices TO semel_app;
GRANT SELECT, INSERT, UPDATE (reversal_id, reversed_at, reversal_reason) ON semel_books.refunds TO semel_app;
