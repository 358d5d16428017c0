-- Credit notes. What a final invoice asks for is taken back in whole or line by line, never more than is left of each line. What of
-- it was not paid yet is no longer owed; the rest is owed to the customer.

ALTER TABLE semel_books.invoices
    ADD COLUMN credited numeric NOT NULL DEFAULT 0,   -- by all credit notes together
    ADD COLUMN refundable numeric NOT NULL DEFAULT 0, -- what of that had been paid already
    DROP CONSTRAINT invoices_paid_within_total,
    DROP CONSTRAINT invoices_paid_means_in_full,
    DROP CONSTRAINT invoices_draft_is_untouched,
    ADD CONSTRAINT invoices_credited_within_total
        CHECK (credited BETWEEN 0 AND total AND refundable BETWEEN 0 AND credited),
    ADD CONSTRAINT invoices_settled_within_total CHECK (paid >= 0 AND paid + credited - refundable <= total),
    ADD CONSTRAINT invoices_paid_means_nothing_is_owed
        CHECK ((status = 'paid') = (status <> 'draft' AND paid + credited - refundable = total)),
    ADD CONSTRAINT invoices_draft_is_untouched CHECK (status <> 'draft' OR (paid = 0 AND credited = 0));

ALTER TABLE semel_books.invoice_lines
    ADD COLUMN credited numeric NOT NULL DEFAULT 0,
    ADD CONSTRAINT invoice_lines_credited_within_total CHECK (credited BETWEEN 0 AND total);

-- As the numbers of invoices: a number exists exactly when its credit note does.
CREATE TABLE semel_books.credit_note_numbers (
    tenant_id   text   NOT NULL,
    last_number bigint NOT NULL CHECK (last_number > 0),
    PRIMARY KEY (tenant_id)
);

CREATE TABLE semel_books.credit_notes (
    tenant_id  text        NOT NULL,
    id         uuid        NOT NULL,
    number     bigint      NOT NULL CHECK (number > 0),
    invoice_id uuid        NOT NULL,
    currency   text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    total      numeric     NOT NULL CHECK (total > 0),
    refundable numeric     NOT NULL CHECK (refundable BETWEEN 0 AND total),
    reason     text        CHECK (char_length(reason) BETWEEN 1 AND 200),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, number),
    UNIQUE (tenant_id, id, invoice_id),
    FOREIGN KEY (tenant_id, invoice_id) REFERENCES semel_books.invoices (tenant_id, id)
);
CREATE INDEX credit_notes_by_invoice ON semel_books.credit_notes (tenant_id, invoice_id, number);

-- Deferred, so that the credit note with its number comes last, as an invoice does.
CREATE TABLE semel_books.credit_note_lines (
    tenant_id       text    NOT NULL,
    credit_note_id  uuid    NOT NULL,
    invoice_id      uuid    NOT NULL,
    invoice_line_no integer NOT NULL,
    amount          numeric NOT NULL CHECK (amount > 0),
    PRIMARY KEY (tenant_id, credit_note_id, invoice_line_no),
    FOREIGN KEY (tenant_id, credit_note_id, invoice_id)
        REFERENCES semel_books.credit_notes (tenant_id, id, invoice_id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (tenant_id, invoice_id, invoice_line_no)
        REFERENCES semel_books.invoice_lines (tenant_id, invoice_id, line_no)
);

ALTER TABLE semel_books.credit_note_numbers ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.credit_note_numbers FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.credit_note_numbers
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_books.credit_notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.credit_notes FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.credit_notes
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_books.credit_note_lines ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.credit_note_lines FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.credit_note_lines
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

GRANT UPDATE (credited, refundable) ON semel_books.invoices TO semel_app;
GRANT UPDATE (credited) ON semel_books.invoice_lines TO semel_app;
GRANT SELECT, INSERT, UPDATE (last_number) ON semel_books.credit_note_numbers TO semel_app;
GRANT SELECT, INSERT ON semel_books.credit_notes TO semel_app;
GRANT SELECT, INSERT ON semel_books.credit_note_lines TO semel_app;
