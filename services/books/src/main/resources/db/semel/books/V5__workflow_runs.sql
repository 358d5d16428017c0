-- Runs of workflows. The relay brings what starts and continues them; here stands how far each is.

CREATE TABLE semel_books.workflow_runs (
    tenant_id  text        NOT NULL,
    id         uuid        NOT NULL, -- of the event that started it, or of the write that triggered it
    name       text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 64),
    state      text        NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'running', 'completed', 'failed')),
    input      text        NOT NULL, -- JSON
    attempts   integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    last_error text        CHECK (last_error ~ '^[A-Z0-9_]{1,64}$'),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX workflow_runs_by_creation ON semel_books.workflow_runs (tenant_id, created_at, id);

-- What was done, so that it is not done again.
CREATE TABLE semel_books.workflow_steps (
    tenant_id   text        NOT NULL,
    run_id      uuid        NOT NULL,
    name        text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 64),
    result      text        NOT NULL, -- JSON
    finished_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, run_id, name),
    FOREIGN KEY (tenant_id, run_id) REFERENCES semel_books.workflow_runs (tenant_id, id)
);

ALTER TABLE semel_books.workflow_runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.workflow_runs FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.workflow_runs
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_books.workflow_steps ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.workflow_steps FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.workflow_steps
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

GRANT SELECT, INSERT, UPDATE (state, attempts, last_error, updated_at) ON semel_books.workflow_runs TO semel_app;
GRANT SELECT, INSERT ON semel_books.workflow_steps TO semel_app;
