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
