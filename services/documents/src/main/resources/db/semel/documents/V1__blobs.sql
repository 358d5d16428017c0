-- Semel documents: which content there is. A row stands for bytes that are whole in the store, at its location. The location is new
-- with every row, so that a deletion that comes late never meets the bytes of a later put of the same content.

CREATE TABLE semel_documents.blobs (
    tenant_id text        NOT NULL,
    hash      text        NOT NULL CHECK (hash ~ '^sha256:[0-9a-f]{64}$'),
    size      bigint      NOT NULL CHECK (size >= 0),
    location  uuid        NOT NULL,
    put_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, hash)
);
CREATE INDEX blobs_by_put ON semel_documents.blobs (tenant_id, put_at);

ALTER TABLE semel_documents.blobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_documents.blobs FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_documents.blobs
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

GRANT USAGE ON SCHEMA semel_documents TO semel_app;
GRANT SELECT, INSERT, UPDATE (put_at), DELETE ON semel_documents.blobs TO semel_app;
