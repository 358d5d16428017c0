-- Corrections. What was posted is never changed: it is taken back by a new entry that names the one it reverses. Each entry is
-- reversed once at most, in its own currency and with as many lines.

ALTER TABLE semel_books.journal_entries ADD COLUMN reverses uuid;

-- Entries of unreconcileLedger, of before they named what they reverse: the first one reversed the transaction's first
-- reconciliation, and so on. For this statement the owner sees all tenants.
ALTER TABLE semel_books.journal_entries NO FORCE ROW LEVEL SECURITY;
WITH numbered AS (
    SELECT tenant_id, id, source_id, operation,
           row_number() OVER (PARTITION BY tenant_id, source_id, operation ORDER BY created_at, id) AS no
    FROM semel_books.journal_entries
    WHERE operation IN ('reconcileLedger', 'unreconcileLedger')
)
UPDATE semel_books.journal_entries undoing SET reverses = done.id
FROM numbered undone
JOIN numbered done ON done.tenant_id = undone.tenant_id AND done.source_id = undone.source_id AND done.no = undone.no
WHERE undone.operation = 'unreconcileLedger' AND done.operation = 'reconcileLedger'
  AND undoing.tenant_id = undone.tenant_id AND undoing.id = undone.id;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE semel_books.journal_entries FORCE ROW LEVEL SECURITY;

CREATE UNIQUE INDEX journal_entries_reversed_once
    ON semel_books.journal_entries (tenant_id, reverses) WHERE reverses IS NOT NULL;
ALTER TABLE semel_books.journal_entries
    ADD CONSTRAINT journal_entries_reverses_another CHECK (reverses <> id),
    ADD CONSTRAINT journal_entries_reverses_its_like FOREIGN KEY (tenant_id, reverses, currency, line_count)
        REFERENCES semel_books.journal_entries (tenant_id, id, currency, line_count);

-- A payment that was reversed stays. As long as a bank transaction is reconciled with it, it cannot be reversed, and once it is,
-- none can be reconciled with it: a reconciliation that stands points at a payment that does.
ALTER TABLE semel_books.payments
    ADD COLUMN reversal_id uuid, -- the write that reversed it
    ADD COLUMN reversed_at timestamptz,
    ADD COLUMN reversal_reason text CHECK (char_length(reversal_reason) BETWEEN 1 AND 200),
    ADD COLUMN reversed boolean NOT NULL GENERATED ALWAYS AS (reversal_id IS NOT NULL) STORED,
    ADD CONSTRAINT payments_reversed_by_a_write CHECK (
        (reversal_id IS NULL) = (reversed_at IS NULL) AND (reversal_reason IS NULL OR reversal_id IS NOT NULL)),
    ADD CONSTRAINT payments_standing UNIQUE (tenant_id, id, reversed);
CREATE UNIQUE INDEX payments_by_reversal
    ON semel_books.payments (tenant_id, reversal_id) WHERE reversal_id IS NOT NULL;

ALTER TABLE semel_books.reconciliations
    ADD COLUMN payment_reversed boolean GENERATED ALWAYS AS (CASE WHEN reversal_id IS NULL THEN false END) STORED,
    ADD CONSTRAINT reconciliations_of_a_payment_that_stands
        FOREIGN KEY (tenant_id, payment_id, payment_reversed)
        REFERENCES semel_books.payments (tenant_id, id, reversed);

GRANT UPDATE (reversal_id, reversed_at, reversal_reason) ON semel_books.payments TO semel_app;
