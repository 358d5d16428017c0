-- Semel books: settings of the company. A tenant without a row has the defaults, as version 0.

CREATE TABLE semel_books.company_settings (
    tenant_id     text        NOT NULL,
    version       bigint      NOT NULL DEFAULT 0 CHECK (version >= 0),
    legal_name    text        CHECK (char_length(legal_name) BETWEEN 1 AND 200),
    base_currency text        NOT NULL DEFAULT 'EUR' CHECK (base_currency ~ '^[A-Z]{3}$'),
    timezone      text        NOT NULL DEFAULT 'UTC' CHECK (char_length(timezone) BETWEEN 1 AND 64),
    updated_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id)
);

ALTER TABLE semel_books.company_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.company_settings FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.company_settings
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

GRANT SELECT, INSERT, UPDATE (version, legal_name, base_currency, timezone, updated_at)
    ON semel_books.company_settings TO semel_app;

-- Roles that users have besides those of their tokens. A revoked grant stays, so that a late retry does not grant again.
CREATE TABLE semel_books.access_grants (
    tenant_id  text        NOT NULL,
    id         uuid        NOT NULL,
    user_id    text        NOT NULL CHECK (char_length(user_id) BETWEEN 1 AND 255),
    role       text        NOT NULL CHECK (char_length(role) BETWEEN 1 AND 50),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    revoked_at timestamptz,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX access_grants_in_force ON semel_books.access_grants (tenant_id, user_id, role)
    WHERE revoked_at IS NULL;
CREATE INDEX access_grants_by_creation ON semel_books.access_grants (tenant_id, created_at, id);

ALTER TABLE semel_books.access_grants ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.access_grants FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.access_grants
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));
-- For the owner, in whose name the server looks up whose token it is, before there is a tenant.
CREATE POLICY directory ON semel_books.access_grants FOR SELECT TO CURRENT_USER USING (true);

-- For such look-ups of the owner's only: nobody else may call it.
CREATE FUNCTION semel_books.granted_roles(of_tenant text, of_user text)
    RETURNS text[]
    LANGUAGE sql STABLE
AS $$
    SELECT ARRAY(SELECT g.role FROM semel_books.access_grants g
                 WHERE g.tenant_id = of_tenant AND g.user_id = of_user AND g.revoked_at IS NULL)
$$;
REVOKE ALL ON FUNCTION semel_books.granted_roles(text, text) FROM PUBLIC;

GRANT SELECT, INSERT, UPDATE (revoked_at) ON semel_books.access_grants TO semel_app;
