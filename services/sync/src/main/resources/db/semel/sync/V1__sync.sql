-- Semel sync: scopes, the files in them, and what is proposed to become of these. tenant_id leads every key. Texts that are ordered or
-- searched by their beginning are compared byte by byte. There is no trigger: what is illegal breaks a constraint.

-- The key seals the cursors of the scope: whoever makes one up has not seen what it says.
CREATE TABLE semel_sync.scopes (
    tenant_id            text        NOT NULL,
    scope                text        COLLATE "C" NOT NULL CHECK (scope ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
    id                   uuid        NOT NULL,
    mode                 text        NOT NULL CHECK (mode IN ('reviewed', 'direct')),
    separation_of_duties boolean     NOT NULL,
    cursor_key           bytea       NOT NULL DEFAULT uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()),
    created_at           timestamptz NOT NULL DEFAULT clock_timestamp(),
    created_by           text        NOT NULL,
    PRIMARY KEY (tenant_id, scope),
    CONSTRAINT scopes_are_made_once UNIQUE (tenant_id, id)
);

-- One counter per feed. It is bumped by the last statement of a transaction that waits for anybody: its number is given out in the
-- order of the commits, and no number is ever seen before a smaller one.
CREATE TABLE semel_sync.feeds (
    tenant_id text   NOT NULL,
    scope     text   COLLATE "C" NOT NULL,
    feed      text   NOT NULL CHECK (feed IN ('main', 'review')),
    epoch     uuid   NOT NULL DEFAULT gen_random_uuid(),  -- another one after a restored backup
    head      bigint NOT NULL DEFAULT 0 CHECK (head >= 0),
    floor     bigint NOT NULL DEFAULT 0 CHECK (floor >= 0),
    PRIMARY KEY (tenant_id, scope, feed),
    CHECK (floor <= head),
    FOREIGN KEY (tenant_id, scope) REFERENCES semel_sync.scopes (tenant_id, scope)
);

-- A file as main has it; a deleted one stays, as a tombstone. Its document has the content, version by version.
CREATE TABLE semel_sync.files (
    tenant_id        text        NOT NULL,
    scope            text        COLLATE "C" NOT NULL,
    file_id          text        COLLATE "C" NOT NULL CHECK (file_id ~ '^[A-Za-z0-9._~-]{1,128}$'),
    path             text        COLLATE "C" NOT NULL CHECK (octet_length(path) BETWEEN 1 AND 1024),
    path_key         text        COLLATE "C" NOT NULL CHECK (path_key <> ''),
    version          bigint      NOT NULL CHECK (version > 0),
    document_id      uuid        NOT NULL,
    document_version bigint      NOT NULL,
    content_hash     text        NOT NULL CHECK (content_hash ~ '^sha256:[0-9a-f]{64}$'),
    size             bigint      NOT NULL CHECK (size >= 0),
    deleted_at       timestamptz,
    live_key         text        COLLATE "C" GENERATED ALWAYS AS (CASE WHEN deleted_at IS NULL THEN path_key END) STORED,
    PRIMARY KEY (tenant_id, scope, file_id),
    CONSTRAINT files_have_a_document_each UNIQUE (tenant_id, document_id),
    -- Looked at when a statement ends, so that two files can swap their paths in one.
    CONSTRAINT files_have_paths_of_their_own UNIQUE (tenant_id, scope, live_key) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY (tenant_id, scope) REFERENCES semel_sync.scopes (tenant_id, scope),
    FOREIGN KEY (tenant_id, document_id, document_version)
        REFERENCES semel_documents.document_versions (tenant_id, document_id, version)
);
CREATE INDEX files_by_id ON semel_sync.files (tenant_id, file_id);

-- Every state that a file of main has had: the feed that is pulled, and the file's history.
CREATE TABLE semel_sync.file_changes (
    tenant_id        text        NOT NULL,
    scope            text        COLLATE "C" NOT NULL,
    seq              bigint      NOT NULL CHECK (seq > 0),
    ord              integer     NOT NULL CHECK (ord >= 0),
    file_id          text        COLLATE "C" NOT NULL,
    version          bigint      NOT NULL CHECK (version > 0),
    path             text        COLLATE "C" NOT NULL,
    document_id      uuid        NOT NULL,
    document_version bigint      NOT NULL,
    content_hash     text        NOT NULL,
    size             bigint      NOT NULL,
    deleted          boolean     NOT NULL,
    cause            text        NOT NULL CHECK (cause IN ('push', 'publish', 'edit')),
    write_id         uuid        NOT NULL,
    changeset_id     uuid,
    changed_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_by       text        NOT NULL,
    PRIMARY KEY (tenant_id, scope, seq, ord),
    CONSTRAINT file_changes_have_a_version_each UNIQUE (tenant_id, scope, file_id, version),
    CONSTRAINT file_changes_have_a_file_each UNIQUE (tenant_id, scope, file_id, seq),
    CHECK ((changeset_id IS NULL) = (cause = 'edit')),
    FOREIGN KEY (tenant_id, scope, file_id) REFERENCES semel_sync.files (tenant_id, scope, file_id)
);
CREATE INDEX file_changes_by_write ON semel_sync.file_changes (tenant_id, write_id);
CREATE INDEX file_changes_by_changeset ON semel_sync.file_changes (tenant_id, changeset_id);

-- A proposal. What is computed from it and main (behind, conflicted, partly published) is not stored.
CREATE TABLE semel_sync.changesets (
    tenant_id        text        NOT NULL,
    id               uuid        NOT NULL,
    scope            text        COLLATE "C" NOT NULL,
    status           text        NOT NULL CHECK (status IN
        ('proposed', 'reviewing', 'ready', 'published', 'rejected', 'superseded', 'withdrawn', 'expired')),
    revision         integer     NOT NULL CHECK (revision > 0),
    decision_version bigint      NOT NULL DEFAULT 0 CHECK (decision_version >= 0),
    message          text        CHECK (char_length(message) <= 2000),
    author           text        NOT NULL,
    reverts          uuid,
    created_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, scope) REFERENCES semel_sync.scopes (tenant_id, scope),
    FOREIGN KEY (tenant_id, reverts) REFERENCES semel_sync.changesets (tenant_id, id)
);
CREATE INDEX changesets_by_creation ON semel_sync.changesets (tenant_id, scope, created_at, id);
CREATE INDEX changesets_open ON semel_sync.changesets (tenant_id, changed_at)
    WHERE status IN ('proposed', 'reviewing', 'ready');

-- Each push is a revision, and so is a rebase. The client's id and the payload's hash live as long as the changeset.
CREATE TABLE semel_sync.changeset_revisions (
    tenant_id           text        NOT NULL,
    changeset_id        uuid        NOT NULL,
    revision            integer     NOT NULL CHECK (revision > 0),
    scope               text        COLLATE "C" NOT NULL,
    client_changeset_id text,
    payload_hash        text        NOT NULL CHECK (payload_hash ~ '^sha256:[0-9a-f]{64}$'),
    write_id            uuid        NOT NULL,
    status              text        NOT NULL,  -- right after it
    main_head           bigint      NOT NULL CHECK (main_head >= 0),
    made_at             timestamptz NOT NULL DEFAULT clock_timestamp(),
    made_by             text        NOT NULL,
    PRIMARY KEY (tenant_id, changeset_id, revision),
    CONSTRAINT changeset_revisions_are_pushed_once UNIQUE (tenant_id, scope, client_changeset_id),
    CONSTRAINT changeset_revisions_are_made_once UNIQUE (tenant_id, write_id),
    FOREIGN KEY (tenant_id, changeset_id) REFERENCES semel_sync.changesets (tenant_id, id)
);

-- One file of a revision: from which base, to what, and what was decided. Small contents lie in the row, larger ones are held blobs.
CREATE TABLE semel_sync.changeset_files (
    tenant_id         text        NOT NULL,
    changeset_id      uuid        NOT NULL,
    revision          integer     NOT NULL,
    ord               integer     NOT NULL CHECK (ord >= 0),
    file_id           text        COLLATE "C" NOT NULL CHECK (file_id ~ '^[A-Za-z0-9._~-]{1,128}$'),
    op                text        NOT NULL CHECK (op IN ('upsert', 'delete')),
    path              text        COLLATE "C" NOT NULL CHECK (octet_length(path) BETWEEN 1 AND 1024),
    base_version      bigint      NOT NULL CHECK (base_version >= 0),
    base_hash         text,
    content_hash      text        CHECK (content_hash ~ '^sha256:[0-9a-f]{64}$'),
    size              bigint      CHECK (size >= 0),
    inline_content    bytea       CHECK (octet_length(inline_content) <= 8192),
    main_version      bigint      NOT NULL CHECK (main_version >= 0),  -- when it was pushed
    behind            boolean     GENERATED ALWAYS AS (base_version <> main_version) STORED,
    decision          text        CHECK (decision IN ('accept', 'reject', 'amend')),
    reason            text        CHECK (char_length(reason) <= 2000),
    amended_hash      text        CHECK (amended_hash ~ '^sha256:[0-9a-f]{64}$'),
    amended_size      bigint      CHECK (amended_size >= 0),
    amended_content   bytea       CHECK (octet_length(amended_content) <= 8192),
    decided_by        text,
    decided_at        timestamptz,
    published_version bigint      CHECK (published_version > 0),
    PRIMARY KEY (tenant_id, changeset_id, revision, file_id),
    FOREIGN KEY (tenant_id, changeset_id, revision)
        REFERENCES semel_sync.changeset_revisions (tenant_id, changeset_id, revision),
    CHECK ((op = 'delete') = (content_hash IS NULL)),
    CHECK ((content_hash IS NULL) = (size IS NULL)),
    CHECK ((decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_at IS NULL)),
    CHECK ((amended_hash IS NOT NULL) = coalesce(decision = 'amend', false)),
    CHECK ((amended_hash IS NULL) = (amended_size IS NULL)),
    CHECK (op = 'upsert' OR coalesce(decision, '') <> 'amend'),
    CHECK (reason IS NULL OR decision IS NOT NULL),
    CHECK (coalesce(decision, '') <> 'reject' OR reason IS NOT NULL),
    CHECK (published_version IS NULL OR coalesce(decision, 'accept') <> 'reject')
);

-- What a publish has answered: the same one asked for again is answered with it.
CREATE TABLE semel_sync.publish_attempts (
    tenant_id      text        NOT NULL,
    id             uuid        NOT NULL,
    changeset_id   uuid        NOT NULL,
    branch         text        NOT NULL CHECK (branch = 'main'),
    revision       integer     NOT NULL,
    decisions_hash text        NOT NULL CHECK (decisions_hash ~ '^sha256:[0-9a-f]{64}$'),
    options        text        NOT NULL,
    number         integer     NOT NULL CHECK (number > 0),
    fence          bigint      NOT NULL,
    report         bytea       NOT NULL,
    attempted_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempted_by   text        NOT NULL,
    PRIMARY KEY (tenant_id, changeset_id, branch, revision, decisions_hash, options, number),
    CONSTRAINT publish_attempts_are_made_once UNIQUE (tenant_id, id),
    FOREIGN KEY (tenant_id, changeset_id, revision)
        REFERENCES semel_sync.changeset_revisions (tenant_id, changeset_id, revision)
);

-- What has happened to changesets: the review feed, and each one's history.
CREATE TABLE semel_sync.changeset_changes (
    tenant_id    text        NOT NULL,
    scope        text        COLLATE "C" NOT NULL,
    seq          bigint      NOT NULL CHECK (seq > 0),
    changeset_id uuid        NOT NULL,
    write_id     uuid        NOT NULL,
    event        text        NOT NULL CHECK (event IN
        ('pushed', 'decided', 'rebased', 'published', 'withdrawn', 'superseded', 'expired')),
    status       text        NOT NULL,
    revision     integer     NOT NULL,
    decision_version bigint  NOT NULL,
    decisions_hash   text    NOT NULL,
    changed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_by   text        NOT NULL,
    PRIMARY KEY (tenant_id, scope, seq),
    FOREIGN KEY (tenant_id, changeset_id) REFERENCES semel_sync.changesets (tenant_id, id)
);
CREATE INDEX changeset_changes_by_changeset ON semel_sync.changeset_changes (tenant_id, changeset_id, seq);
CREATE INDEX changeset_changes_by_write ON semel_sync.changeset_changes (tenant_id, write_id);

ALTER TABLE semel_sync.scopes ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_sync.scopes FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_sync.scopes
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_sync.feeds ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_sync.feeds FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_sync.feeds
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_sync.files ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_sync.files FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_sync.files
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_sync.file_changes ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_sync.file_changes FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_sync.file_changes
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_sync.changesets ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_sync.changesets FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_sync.changesets
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_sync.changeset_revisions ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_sync.changeset_revisions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_sync.changeset_revisions
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_sync.changeset_files ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_sync.changeset_files FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_sync.changeset_files
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_sync.publish_attempts ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_sync.publish_attempts FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_sync.publish_attempts
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

ALTER TABLE semel_sync.changeset_changes ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_sync.changeset_changes FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_sync.changeset_changes
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

-- History is only added to. A file's identity and document never change, nor what was pushed.
GRANT USAGE ON SCHEMA semel_sync TO semel_app;
GRANT SELECT, INSERT ON semel_sync.scopes TO semel_app;
GRANT SELECT, INSERT, UPDATE (epoch, head, floor) ON semel_sync.feeds TO semel_app;
GRANT SELECT, INSERT,
    UPDATE (path, path_key, version, document_version, content_hash, size, deleted_at) ON semel_sync.files TO semel_app;
GRANT SELECT, INSERT ON semel_sync.file_changes TO semel_app;
GRANT SELECT, INSERT, UPDATE (status, revision, decision_version, message, changed_at) ON semel_sync.changesets TO semel_app;
GRANT SELECT, INSERT ON semel_sync.changeset_revisions TO semel_app;
GRANT SELECT, INSERT,
    UPDATE (decision, reason, amended_hash, amended_size, amended_content, decided_by, decided_at, published_version)
    ON semel_sync.changeset_files TO semel_app;
GRANT SELECT, INSERT ON semel_sync.publish_attempts TO semel_app;
GRANT SELECT, INSERT ON semel_sync.changeset_changes TO semel_app;

-- Expiry and retention go from tenant to tenant, and see nothing but who they are.
CREATE POLICY maintenance ON semel_sync.scopes FOR SELECT TO semel_maintenance USING (true);
GRANT USAGE ON SCHEMA semel_sync TO semel_maintenance;
GRANT SELECT (tenant_id) ON semel_sync.scopes TO semel_maintenance;
