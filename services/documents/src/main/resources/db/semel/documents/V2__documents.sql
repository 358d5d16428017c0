-- Semel documents: documents, their versions, and what was done to these. As in V1: tenant_id leads every key. Nothing is ever
-- deleted: a deleted version is one that says so.

CREATE TABLE semel_documents.documents (
    tenant_id      text        NOT NULL,
    id             uuid        NOT NULL,
    title          text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    active_version bigint      NOT NULL DEFAULT 1,
    active_deleted boolean     NOT NULL GENERATED ALWAYS AS (false) STORED,
    last_version   bigint      NOT NULL DEFAULT 1,
    created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    created_by     text        NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX documents_by_creation ON semel_documents.documents (tenant_id, created_at, id);

-- The id is the result id of the write that made the version. Small texts lie in the row; all other content is a blob.
CREATE TABLE semel_documents.document_versions (
    tenant_id        text        NOT NULL,
    document_id      uuid        NOT NULL,
    version          bigint      NOT NULL CHECK (version > 0),
    previous_version bigint      GENERATED ALWAYS AS (nullif(version - 1, 0)) STORED,
    id               uuid        NOT NULL,
    content_type     text        NOT NULL CHECK (char_length(content_type) BETWEEN 3 AND 200),
    content_hash     text        NOT NULL CHECK (content_hash ~ '^sha256:[0-9a-f]{64}$'),
    size             bigint      NOT NULL CHECK (size >= 0),
    inline_content   bytea,
    blob_hash        text        GENERATED ALWAYS AS (CASE WHEN inline_content IS NULL THEN content_hash END) STORED,
    deleted          boolean     NOT NULL DEFAULT false,
    created_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    created_by       text        NOT NULL,
    PRIMARY KEY (tenant_id, document_id, version),
    CONSTRAINT document_versions_are_made_once UNIQUE (tenant_id, id),
    CONSTRAINT document_versions_by_state UNIQUE (tenant_id, document_id, version, deleted),
    CONSTRAINT document_versions_inline_is_small_and_whole CHECK (
        inline_content IS NULL
        OR octet_length(inline_content) = size
        AND size <= 8192
        AND content_hash = 'sha256:' || encode(sha256(inline_content), 'hex')),
    FOREIGN KEY (tenant_id, document_id) REFERENCES semel_documents.documents (tenant_id, id),
    CONSTRAINT document_versions_have_no_gaps FOREIGN KEY (tenant_id, document_id, previous_version)
        REFERENCES semel_documents.document_versions (tenant_id, document_id, version),
    CONSTRAINT document_versions_have_content FOREIGN KEY (tenant_id, blob_hash)
        REFERENCES semel_documents.blobs (tenant_id, hash)
);
CREATE INDEX document_versions_by_blob ON semel_documents.document_versions (tenant_id, blob_hash)
    WHERE blob_hash IS NOT NULL;

-- Exactly one version is active, and it is not deleted. Checked at COMMIT: a document and its first version need one another.
ALTER TABLE semel_documents.documents
    ADD CONSTRAINT documents_active_version_is_there FOREIGN KEY (tenant_id, id, active_version, active_deleted)
        REFERENCES semel_documents.document_versions (tenant_id, document_id, version, deleted)
        DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT documents_last_version_is_there FOREIGN KEY (tenant_id, id, last_version)
        REFERENCES semel_documents.document_versions (tenant_id, document_id, version)
        DEFERRABLE INITIALLY DEFERRED;

-- What was done to a version since it was made. The id is the result id of the write that did it.
CREATE TABLE semel_documents.version_changes (
    tenant_id   text        NOT NULL,
    id          uuid        NOT NULL,
    document_id uuid        NOT NULL,
    version     bigint      NOT NULL,
    kind        text        NOT NULL CHECK (kind IN ('activated', 'deleted', 'restored')),
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    created_by  text        NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, document_id, version)
        REFERENCES semel_documents.document_versions (tenant_id, document_id, version)
);

ALTER TABLE semel_documents.documents ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_documents.documents FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_documents.documents
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_documents.document_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_documents.document_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_documents.document_versions
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_documents.version_changes ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_documents.version_changes FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_documents.version_changes
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

GRANT SELECT, INSERT, UPDATE (active_version, last_version) ON semel_documents.documents TO semel_app;
GRANT SELECT, INSERT, UPDATE (deleted) ON semel_documents.document_versions TO semel_app;
GRANT SELECT, INSERT ON semel_documents.version_changes TO semel_app;
