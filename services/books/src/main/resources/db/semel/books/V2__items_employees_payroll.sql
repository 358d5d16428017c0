-- Semel books: inventory, employees and payroll. As in V1: tenant_id leads every key, nothing is ever deleted.

-- An item's quantity is the sum of its movements, held as the journal's balance is: each movement begins where its
-- predecessor ended, and the item points at its last one, quantity included. Checked at COMMIT.
CREATE TABLE semel_books.items (
    tenant_id      text        NOT NULL,
    id             uuid        NOT NULL,
    sku            text        NOT NULL CHECK (char_length(sku) BETWEEN 1 AND 50),
    name           text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
    quantity       bigint      NOT NULL CHECK (quantity BETWEEN 0 AND 999999999999999),
    movement_count bigint      NOT NULL DEFAULT 1 CHECK (movement_count > 0),
    created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT items_sku_is_unique UNIQUE (tenant_id, sku)
);
CREATE INDEX items_by_creation ON semel_books.items (tenant_id, created_at, id);

CREATE TABLE semel_books.item_movements (
    tenant_id       text        NOT NULL,
    id              uuid        NOT NULL,
    item_id         uuid        NOT NULL,
    movement_no     bigint      NOT NULL CHECK (movement_no > 0),
    previous_no     bigint      GENERATED ALWAYS AS (nullif(movement_no - 1, 0)) STORED,
    delta           bigint      NOT NULL,
    quantity_before bigint      NOT NULL,
    quantity        bigint      NOT NULL GENERATED ALWAYS AS (quantity_before + delta) STORED CHECK (quantity >= 0),
    reason          text        NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 200),
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, item_id, movement_no),
    CONSTRAINT item_movements_running_sum UNIQUE (tenant_id, item_id, movement_no, quantity),
    CONSTRAINT item_movements_begin_with_nothing CHECK (movement_no > 1 OR quantity_before = 0),
    CONSTRAINT item_movements_continue FOREIGN KEY (tenant_id, item_id, previous_no, quantity_before)
        REFERENCES semel_books.item_movements (tenant_id, item_id, movement_no, quantity),
    FOREIGN KEY (tenant_id, item_id) REFERENCES semel_books.items (tenant_id, id) DEFERRABLE INITIALLY DEFERRED
);

ALTER TABLE semel_books.items ADD CONSTRAINT items_quantity_is_sum_of_movements
    FOREIGN KEY (tenant_id, id, movement_count, quantity)
    REFERENCES semel_books.item_movements (tenant_id, item_id, movement_no, quantity)
    DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE semel_books.items ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.items FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.items
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_books.item_movements ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.item_movements FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.item_movements
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

GRANT SELECT, INSERT, UPDATE (quantity, movement_count) ON semel_books.items TO semel_app;
GRANT SELECT, INSERT ON semel_books.item_movements TO semel_app;

-- The salary is a month's. Who has left stays, and is paid no more.
CREATE TABLE semel_books.employees (
    tenant_id       text        NOT NULL,
    id              uuid        NOT NULL,
    name            text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
    email           text        CHECK (char_length(email) BETWEEN 3 AND 254),
    salary_amount   numeric     NOT NULL CHECK (salary_amount > 0),
    salary_currency text        NOT NULL CHECK (salary_currency ~ '^[A-Z]{3}$'),
    left_at         timestamptz,
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX employees_by_creation ON semel_books.employees (tenant_id, created_at, id);

ALTER TABLE semel_books.employees ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.employees FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.employees
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

GRANT SELECT, INSERT, UPDATE (left_at) ON semel_books.employees TO semel_app;

-- What is taken from each salary, in this order: from the employee's, or paid by the employer on top of it.
CREATE TABLE semel_books.deductions (
    tenant_id text    NOT NULL,
    position  integer NOT NULL CHECK (position BETWEEN 1 AND 20),
    name      text    NOT NULL CHECK (char_length(name) BETWEEN 1 AND 50),
    percent   numeric NOT NULL CHECK (percent > 0 AND percent <= 100),
    paid_by   text    NOT NULL CHECK (paid_by IN ('employee', 'employer')),
    PRIMARY KEY (tenant_id, position)
);

-- The totals are those of the payslips, written by the statement that writes these.
CREATE TABLE semel_books.payroll_runs (
    tenant_id     text        NOT NULL,
    id            uuid        NOT NULL,
    period        text        NOT NULL CHECK (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
    currency      text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    payslip_count integer     NOT NULL DEFAULT 0,
    gross         numeric     NOT NULL DEFAULT 0,
    deducted      numeric     NOT NULL DEFAULT 0,
    contributed   numeric     NOT NULL DEFAULT 0,
    net           numeric     NOT NULL GENERATED ALWAYS AS (gross - deducted) STORED CHECK (net >= 0),
    created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, id, period, currency)
);
CREATE INDEX payroll_runs_by_creation ON semel_books.payroll_runs (tenant_id, created_at, id);

-- Which run has paid a month. Apart from the run, so that a run that is inserted twice collides on its id, and one for a
-- month that is paid finds it taken.
CREATE TABLE semel_books.payroll_periods (
    tenant_id text NOT NULL,
    period    text NOT NULL,
    currency  text NOT NULL,
    run_id    uuid NOT NULL,
    PRIMARY KEY (tenant_id, period, currency),
    UNIQUE (tenant_id, run_id, period, currency),
    FOREIGN KEY (tenant_id, run_id, period, currency)
        REFERENCES semel_books.payroll_runs (tenant_id, id, period, currency)
);
ALTER TABLE semel_books.payroll_runs ADD CONSTRAINT payroll_runs_have_their_period
    FOREIGN KEY (tenant_id, id, period, currency)
    REFERENCES semel_books.payroll_periods (tenant_id, run_id, period, currency) DEFERRABLE INITIALLY DEFERRED;

-- The deductions as they were when the run was executed.
CREATE TABLE semel_books.payroll_run_deductions (
    tenant_id text    NOT NULL,
    run_id    uuid    NOT NULL,
    position  integer NOT NULL,
    name      text    NOT NULL,
    percent   numeric NOT NULL,
    paid_by   text    NOT NULL,
    PRIMARY KEY (tenant_id, run_id, position),
    FOREIGN KEY (tenant_id, run_id) REFERENCES semel_books.payroll_runs (tenant_id, id)
);

CREATE TABLE semel_books.payslips (
    tenant_id   text      NOT NULL,
    run_id      uuid      NOT NULL,
    slip_no     bigint    NOT NULL CHECK (slip_no > 0),
    employee_id uuid      NOT NULL,
    gross       numeric   NOT NULL CHECK (gross > 0),
    deducted    numeric   NOT NULL CHECK (deducted >= 0),
    contributed numeric   NOT NULL CHECK (contributed >= 0),
    net         numeric   NOT NULL GENERATED ALWAYS AS (gross - deducted) STORED CHECK (net >= 0),
    amounts     numeric[] NOT NULL, -- of the run's deductions, in their order
    PRIMARY KEY (tenant_id, run_id, slip_no),
    UNIQUE (tenant_id, run_id, employee_id),
    FOREIGN KEY (tenant_id, run_id) REFERENCES semel_books.payroll_runs (tenant_id, id),
    FOREIGN KEY (tenant_id, employee_id) REFERENCES semel_books.employees (tenant_id, id)
);

ALTER TABLE semel_books.deductions ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.deductions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.deductions
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_books.payroll_runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.payroll_runs FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.payroll_runs
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_books.payroll_periods ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.payroll_periods FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.payroll_periods
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_books.payroll_run_deductions ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.payroll_run_deductions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.payroll_run_deductions
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_books.payslips ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.payslips FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.payslips
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

GRANT SELECT, INSERT, DELETE ON semel_books.deductions TO semel_app;
GRANT SELECT, INSERT, UPDATE (payslip_count, gross, deducted, contributed) ON semel_books.payroll_runs TO semel_app;
GRANT SELECT, INSERT ON semel_books.payroll_periods TO semel_app;
GRANT SELECT, INSERT ON semel_books.payroll_run_deductions TO semel_app;
GRANT SELECT, INSERT ON semel_books.payslips TO semel_app;
