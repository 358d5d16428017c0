-- A payroll run that was reversed stays, and its month can be paid again: of the runs that stand, each month has one at most.

ALTER TABLE semel_books.payroll_periods
    ADD COLUMN reversal_id uuid, -- the write that reversed the run
    ADD COLUMN reversed_at timestamptz,
    ADD COLUMN reversal_reason text CHECK (char_length(reversal_reason) BETWEEN 1 AND 200),
    ADD CONSTRAINT payroll_periods_reversed_by_a_write CHECK (
        (reversal_id IS NULL) = (reversed_at IS NULL) AND (reversal_reason IS NULL OR reversal_id IS NOT NULL)),
    DROP CONSTRAINT payroll_periods_pkey,
    ADD CONSTRAINT payroll_periods_pkey PRIMARY KEY (tenant_id, run_id);
CREATE UNIQUE INDEX payroll_periods_paid_once
    ON semel_books.payroll_periods (tenant_id, period, currency) WHERE reversal_id IS NULL;
CREATE UNIQUE INDEX payroll_periods_by_reversal
    ON semel_books.payroll_periods (tenant_id, reversal_id) WHERE reversal_id IS NOT NULL;

GRANT UPDATE (reversal_id, reversed_at, reversal_reason) ON semel_books.payroll_periods TO semel_app;
