-- Leases: time-limited locks by the database's clock. A row is never deleted, so that a target's fence only grows.
CREATE TABLE semel.leases (
    tenant_id   text        NOT NULL,
    target      text        NOT NULL,
    holder      uuid        NOT NULL,               -- unique per acquisition
    fence       bigint      NOT NULL DEFAULT 1,
    acquired_at timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,               -- -infinity once released
    PRIMARY KEY (tenant_id, target)
);

ALTER TABLE semel.leases ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel.leases FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel.leases USING (tenant_id = current_setting('semel.tenant', true));

GRANT SELECT, INSERT, UPDATE ON semel.leases TO semel_app;
