-- Semel core: idempotency keys, audit log, outbox.
-- tenant_id leads every key; the setting semel.tenant is what row-level security compares it with.
-- Role semel_app runs the application; it cannot bypass row-level security and cannot change the audit log.

-- The role may exist: made by an administrator, by another database of the cluster, or by one that is migrated right now.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'semel_app') THEN
        BEGIN
            CREATE ROLE semel_app NOLOGIN NOBYPASSRLS;
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END IF;
    -- Since PostgreSQL 16 whoever makes a role is its member, but may not become it.
    IF NOT pg_has_role(current_user, 'semel_app',
                       CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) THEN
        EXECUTE format('GRANT semel_app TO %I', current_user);
    END IF;
END
$$;

CREATE TABLE semel.idempotency_keys (
    tenant_id             text        NOT NULL,
    key                   text        NOT NULL,
    operation_type        text        NOT NULL,
    payload_hash          bytea       NOT NULL,
    fingerprint_version   smallint    NOT NULL,
    result_id             uuid        NOT NULL,
    response_type         text        NOT NULL,
    response_content_type text        NOT NULL,
    response_body         bytea,                  -- null in a tombstone
    request_id            text        NOT NULL,
    created_at            timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at            timestamptz NOT NULL,   -- until then the response is kept
    purge_at              timestamptz NOT NULL,   -- until then the row is kept; later than expires_at for FINANCIAL
    PRIMARY KEY (tenant_id, key)
);
CREATE INDEX idempotency_keys_purge ON semel.idempotency_keys USING brin (expires_at, purge_at);

CREATE TABLE semel.idempotent_write_audit_log (
    tenant_id           text        NOT NULL,
    at                  timestamptz NOT NULL DEFAULT clock_timestamp(),
    id                  bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    request_id          text        NOT NULL,
    user_id             text        NOT NULL,
    operation_type      text        NOT NULL,
    risk                text        NOT NULL,
    key                 text        NOT NULL,
    payload_hash        bytea       NOT NULL,
    fingerprint_version smallint    NOT NULL,
    result_id           uuid        NOT NULL,
    resource_id         text        NOT NULL,
    status              text        NOT NULL CHECK (status IN ('EXECUTED', 'REJECTED')),
    duration_micros     bigint      NOT NULL,
    PRIMARY KEY (tenant_id, at, id)
);

CREATE TABLE semel.outbox_events (
    tenant_id       text        NOT NULL,
    id              bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    event_id        uuid        NOT NULL,
    ordering_key    text        NOT NULL,
    type            text        NOT NULL,
    payload         bytea       NOT NULL,
    operation_type  text        NOT NULL,
    request_id      text        NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    parked_reason   text,
    PRIMARY KEY (tenant_id, id)
);

ALTER TABLE semel.idempotency_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel.idempotency_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel.idempotency_keys USING (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel.idempotent_write_audit_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel.idempotent_write_audit_log FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel.idempotent_write_audit_log USING (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel.outbox_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel.outbox_events FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel.outbox_events USING (tenant_id = current_setting('semel.tenant', true));

GRANT USAGE ON SCHEMA semel TO semel_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON semel.idempotency_keys TO semel_app;
GRANT SELECT, INSERT ON semel.idempotent_write_audit_log TO semel_app;
GRANT SELECT, INSERT ON semel.outbox_events TO semel_app;
