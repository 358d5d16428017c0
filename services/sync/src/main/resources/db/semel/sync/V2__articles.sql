-- Semel sync: articles that are no files. Each is a document under a name. One that is deleted has no document any more; its row stays
-- for the number of its version, which no later article of that name has again.
CREATE TABLE semel_sync.articles (
    tenant_id        text        NOT NULL,
    name             text        COLLATE "C" NOT NULL CHECK (name ~ '^[A-Za-z0-9._~-]{1,128}$' AND name !~ '^sync-'),
    version          bigint      NOT NULL CHECK (version > 0),
    document_id      uuid,
    document_version bigint      NOT NULL CHECK (document_version >= 0),
    content_hash     text        NOT NULL CHECK (content_hash ~ '^sha256:[0-9a-f]{64}$'),
    size             bigint      NOT NULL CHECK (size >= 0),
    last_write       uuid        NOT NULL,
    changed_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_by       text        NOT NULL,
    PRIMARY KEY (tenant_id, name),
    CONSTRAINT articles_have_a_document_each UNIQUE (tenant_id, document_id),
    CONSTRAINT articles_by_write UNIQUE (tenant_id, last_write),
    FOREIGN KEY (tenant_id, document_id) REFERENCES semel_documents.documents (tenant_id, id),
    CHECK ((document_id IS NULL) = (document_version = 0))
);

ALTER TABLE semel_sync.articles ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_sync.articles FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_sync.articles
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

GRANT SELECT, INSERT,
    UPDATE (version, document_id, document_version, content_hash, size, last_write, changed_by, changed_at)
    ON semel_sync.articles TO semel_app;
