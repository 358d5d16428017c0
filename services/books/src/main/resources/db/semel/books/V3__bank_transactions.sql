-- The bank's side. Nothing here is ever deleted: what is reconciled is undone by a reversal.

-- A line of a statement. Its bank reference says whether it is known; a file that names no account has the empty one.
CREATE TABLE semel_books.bank_transactions (
    tenant_id   text        NOT NULL,
    id          uuid        NOT NULL,
    import_id   uuid        NOT NULL, -- the write that brought it
    account     text        NOT NULL CHECK (char_length(account) <= 50),
    reference   text        NOT NULL CHECK (char_length(reference) BETWEEN 1 AND 200),
    booked_on   date        NOT NULL,
    amount      numeric     NOT NULL CHECK (amount <> 0),
    currency    text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    description text        CHECK (char_length(description) BETWEEN 1 AND 500),
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT bank_transactions_reference UNIQUE (tenant_id, account, reference)
);
CREATE INDEX bank_transactions_by_creation ON semel_books.bank_transactions (tenant_id, created_at, id);

-- Which payment a bank transaction brought. Reversed ones stay; of the others, neither side has two.
CREATE TABLE semel_books.reconciliations (
    tenant_id           text        NOT NULL,
    id                  uuid        NOT NULL,
    bank_transaction_id uuid        NOT NULL,
    payment_id          uuid        NOT NULL,
    reversal_id         uuid,       -- the write that undid it
    created_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, reversal_id),
    FOREIGN KEY (tenant_id, bank_transaction_id) REFERENCES semel_books.bank_transactions (tenant_id, id),
    FOREIGN KEY (tenant_id, payment_id) REFERENCES semel_books.payments (tenant_id, id)
);
CREATE UNIQUE INDEX reconciliations_one_of_a_transaction
    ON semel_books.reconciliations (tenant_id, bank_transaction_id) WHERE reversal_id IS NULL;
CREATE UNIQUE INDEX reconciliations_one_of_a_payment
    ON semel_books.reconciliations (tenant_id, payment_id) WHERE reversal_id IS NULL;

-- Suggestions look for payments of the same amount.
CREATE INDEX payments_by_amount ON semel_books.payments (tenant_id, currency, amount);

ALTER TABLE semel_books.bank_transactions ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.bank_transactions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.bank_transactions
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_books.reconciliations ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.reconciliations FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.reconciliations
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

GRANT SELECT, INSERT ON semel_books.bank_transactions TO semel_app;
GRANT SELECT, INSERT, UPDATE (reversal_id) ON semel_books.reconciliations TO semel_app;
