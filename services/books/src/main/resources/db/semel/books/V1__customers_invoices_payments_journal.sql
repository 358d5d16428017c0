-- Semel books: customers, invoices, payments and the journal.
-- tenant_id leads every key; the setting semel.tenant is what row-level security compares it with.
-- Nothing here is ever deleted, and what was posted is never changed.

CREATE TABLE semel_books.customers (
    tenant_id  text        NOT NULL,
    id         uuid        NOT NULL,
    name       text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
    email      text        CHECK (char_length(email) BETWEEN 3 AND 254),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX customers_by_creation ON semel_books.customers (tenant_id, created_at, id);

-- The last number that was given to an invoice. Bumped by the transaction that creates the invoice, so that a number
-- exists exactly when its invoice does.
CREATE TABLE semel_books.invoice_numbers (
    tenant_id   text   NOT NULL,
    last_number bigint NOT NULL CHECK (last_number > 0),
    PRIMARY KEY (tenant_id)
);

CREATE TABLE semel_books.invoices (
    tenant_id       text        NOT NULL,
    id              uuid        NOT NULL,
    number          bigint      NOT NULL CHECK (number > 0),
    status          text        NOT NULL CHECK (status IN ('draft', 'final', 'paid')),
    customer_id     uuid        NOT NULL,
    currency        text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    due_date        date,
    total           numeric     NOT NULL CHECK (total >= 0),
    paid            numeric     NOT NULL DEFAULT 0,
    finalization_id uuid,       -- the write that finalized it
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, number),
    UNIQUE (tenant_id, finalization_id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES semel_books.customers (tenant_id, id),
    CONSTRAINT invoices_paid_within_total CHECK (paid BETWEEN 0 AND total),
    CONSTRAINT invoices_paid_means_in_full CHECK ((status = 'paid') = (status <> 'draft' AND paid = total)),
    CONSTRAINT invoices_draft_is_untouched CHECK (status <> 'draft' OR paid = 0),
    CONSTRAINT invoices_finalized_by_a_write CHECK ((status = 'draft') = (finalization_id IS NULL))
);

-- Deferred, so that the lines can come first and the invoice with its number last: the number's row stays locked from
-- there to the commit.
CREATE TABLE semel_books.invoice_lines (
    tenant_id   text    NOT NULL,
    invoice_id  uuid    NOT NULL,
    line_no     integer NOT NULL CHECK (line_no > 0),
    description text    NOT NULL CHECK (char_length(description) BETWEEN 1 AND 500),
    quantity    numeric NOT NULL CHECK (quantity > 0),
    unit_price  numeric NOT NULL CHECK (unit_price >= 0),
    total       numeric NOT NULL CHECK (total >= 0),
    PRIMARY KEY (tenant_id, invoice_id, line_no),
    FOREIGN KEY (tenant_id, invoice_id) REFERENCES semel_books.invoices (tenant_id, id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE semel_books.payments (
    tenant_id  text        NOT NULL,
    id         uuid        NOT NULL,
    invoice_id uuid        NOT NULL,
    amount     numeric     NOT NULL CHECK (amount > 0),
    currency   text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    method     text        CHECK (char_length(method) BETWEEN 1 AND 50),
    reference  text        CHECK (char_length(reference) BETWEEN 1 AND 200),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, invoice_id) REFERENCES semel_books.invoices (tenant_id, id)
);
CREATE INDEX payments_by_creation ON semel_books.payments (tenant_id, created_at, id);

-- The journal. No unbalanced entry can be committed, and no trigger is needed for it:
--   * each line carries the running balance and the running debit before and after it; "after" is computed;
--   * a line's "before" is its predecessor's "after" by a foreign key; the first line begins with zero;
--   * the entry points at its last line, whose balance must be zero and whose running debit must be the entry's total.
--     Checked at COMMIT, when the lines are there;
--   * each line knows how many the entry has, so that none can be added behind the last one later.
-- An entry has one currency; its lines repeat it in every key.
CREATE TABLE semel_books.journal_entries (
    tenant_id       text        NOT NULL,
    id              uuid        NOT NULL,
    operation       text        NOT NULL,
    source_id       uuid        NOT NULL, -- the row that was posted: an invoice, a payment
    currency        text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    total           numeric     NOT NULL CHECK (total > 0),
    line_count      integer     NOT NULL CHECK (line_count >= 2),
    closing_balance numeric     NOT NULL GENERATED ALWAYS AS (0::numeric) STORED,
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, id, currency, line_count)
);
CREATE INDEX journal_entries_by_creation ON semel_books.journal_entries (tenant_id, created_at, id);

CREATE TABLE semel_books.journal_lines (
    tenant_id        text    NOT NULL,
    entry_id         uuid    NOT NULL,
    line_no          integer NOT NULL,
    line_count       integer NOT NULL,
    account_code     text    NOT NULL CHECK (account_code ~ '^[0-9]{4}$'),
    currency         text    NOT NULL,
    debit            numeric NOT NULL CHECK (debit >= 0),
    credit           numeric NOT NULL CHECK (credit >= 0),
    previous_line_no integer GENERATED ALWAYS AS (nullif(line_no - 1, 0)) STORED,
    balance_before   numeric NOT NULL,
    balance_after    numeric NOT NULL GENERATED ALWAYS AS (balance_before + debit - credit) STORED,
    turnover_before  numeric NOT NULL,
    turnover_after   numeric NOT NULL GENERATED ALWAYS AS (turnover_before + debit) STORED,
    PRIMARY KEY (tenant_id, entry_id, line_no),
    CONSTRAINT journal_lines_running_sums
        UNIQUE (tenant_id, entry_id, currency, line_no, balance_after, turnover_after),
    CONSTRAINT journal_lines_one_side CHECK ((debit > 0) <> (credit > 0)),
    CONSTRAINT journal_lines_within_entry CHECK (line_no BETWEEN 1 AND line_count),
    CONSTRAINT journal_lines_begin_with_zero CHECK (line_no > 1 OR (balance_before = 0 AND turnover_before = 0)),
    CONSTRAINT journal_lines_of_entry
        FOREIGN KEY (tenant_id, entry_id, currency, line_count)
        REFERENCES semel_books.journal_entries (tenant_id, id, currency, line_count),
    CONSTRAINT journal_lines_continue
        FOREIGN KEY (tenant_id, entry_id, currency, previous_line_no, balance_before, turnover_before)
        REFERENCES semel_books.journal_lines (tenant_id, entry_id, currency, line_no, balance_after, turnover_after)
);

ALTER TABLE semel_books.journal_entries ADD CONSTRAINT journal_entries_balanced
    FOREIGN KEY (tenant_id, id, currency, line_count, closing_balance, total)
    REFERENCES semel_books.journal_lines (tenant_id, entry_id, currency, line_no, balance_after, turnover_after)
    DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE semel_books.customers ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.customers FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.customers
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_books.invoice_numbers ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.invoice_numbers FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.invoice_numbers
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_books.invoices ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.invoices FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.invoices
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_books.invoice_lines ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.invoice_lines FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.invoice_lines
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_books.payments ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.payments FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.payments
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_books.journal_entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.journal_entries FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.journal_entries
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_books.journal_lines ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.journal_lines FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.journal_lines
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

GRANT USAGE ON SCHEMA semel_books TO semel_app;
GRANT SELECT, INSERT ON semel_books.customers TO semel_app;
GRANT SELECT, INSERT, UPDATE (last_number) ON semel_books.invoice_numbers TO semel_app;
GRANT SELECT, INSERT, UPDATE (status, paid, finalization_id) ON semel_books.invoices TO semel_app;
GRANT SELECT, INSERT ON semel_books.invoice_lines TO semel_app;
GRANT SELECT, INSERT ON semel_books.payments TO semel_app;
GRANT SELECT, INSERT ON semel_books.journal_entries TO semel_app;
GRANT SELECT, INSERT ON semel_books.journal_lines TO semel_app;
