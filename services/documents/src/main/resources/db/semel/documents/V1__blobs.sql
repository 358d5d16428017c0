-- Semel documents: which content there is. A row stands for bytes that are whole in the store, at its location. The location is new
-- with every put, so that a deletion that comes late never meets the bytes of a later put of the same content.

CREATE TABLE semel_documents.blobs (
    tenant_id text        NOT NULL,
    hash      text        NOT NULL CHECK (hash ~ '^sha256:[0-9a-f]{64}$'),
    size      bigint      NOT NULL CHECK (size >= 0),
    location  uuid        NOT NULL,
    put_at    timestamptz NOT NULL DEFAULT clock_timestamp(),  -- the last time
    PRIMARY KEY (tenant_id, hash),
    UNIQUE (tenant_id, location)
);
CREATE INDEX blobs_by_put ON semel_documents.blobs (tenant_id, put_at, hash);

ALTER TABLE semel_documents.blobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_documents.blobs FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_documents.blobs
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

-- Content, its hash and its size belong together for ever; what may change is when it was put last, and where whole bytes
-- lie after those of the row were lost.
GRANT USAGE ON SCHEMA semel_documents TO semel_app;
GRANT SELECT, INSERT, UPDATE (put_at, location), DELETE ON semel_documents.blobs TO semel_app;

-- The collector goes from tenant to tenant, and sees nothing but who they are.
CREATE POLICY maintenance ON semel_documents.blobs FOR SELECT TO semel_maintenance USING (true);
GRANT USAGE ON SCHEMA semel_documents TO semel_maintenance;
GRANT SELECT (tenant_id) ON semel_documents.blobs TO semel_maintenance;
