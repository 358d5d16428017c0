-- Semel documents: documents that another module manages, and content that is kept for something other than a version.

-- Whoever manages a document makes its versions: the routes of documents leave it alone.
ALTER TABLE semel_documents.documents ADD COLUMN managed_by text CHECK (managed_by ~ '^[a-z]{1,20}$');

-- A hold keeps a blob as a version does. The holder is a name that its module chooses, and releases.
CREATE TABLE semel_documents.blob_holds (
    tenant_id text        NOT NULL,
    holder    text        NOT NULL CHECK (char_length(holder) BETWEEN 1 AND 200),
    blob_hash text        NOT NULL,
    held_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, holder, blob_hash),
    CONSTRAINT blob_holds_have_content FOREIGN KEY (tenant_id, blob_hash)
        REFERENCES semel_documents.blobs (tenant_id, hash)
);
CREATE INDEX blob_holds_by_blob ON semel_documents.blob_holds (tenant_id, blob_hash);

ALTER TABLE semel_documents.blob_holds ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_documents.blob_holds FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_documents.blob_holds
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

GRANT SELECT, INSERT, DELETE ON semel_documents.blob_holds TO semel_app;
