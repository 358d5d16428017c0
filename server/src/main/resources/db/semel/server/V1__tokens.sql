-- Semel server: bearer tokens. Only their hashes are stored.
-- Who presents a token has no tenant yet, so the look-up crosses tenants: it goes through a function that finds by hash
-- and lists nothing. All else sees one tenant's tokens, as everywhere.

CREATE TABLE semel_server.tokens (
    tenant_id  text        NOT NULL,
    id         uuid        NOT NULL,
    user_id    text        NOT NULL,
    roles      text[]      NOT NULL CHECK (cardinality(roles) > 0),
    token_hash bytea       NOT NULL CHECK (octet_length(token_hash) = 32), -- SHA-256
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    revoked_at timestamptz,
    PRIMARY KEY (tenant_id, id)
);
-- The one index without its tenant: a token names its tenant, not the other way round.
CREATE UNIQUE INDEX tokens_by_hash ON semel_server.tokens (token_hash);

ALTER TABLE semel_server.tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_server.tokens FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_server.tokens
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));
-- For the owner, in whose name the function looks up.
CREATE POLICY directory ON semel_server.tokens FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION semel_server.find_tokens(hashes bytea[])
    RETURNS TABLE (token_hash bytea, tenant_id text, user_id text, roles text[])
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT t.token_hash, t.tenant_id, t.user_id, t.roles
    FROM semel_server.tokens t
    WHERE t.token_hash = ANY (hashes) AND t.revoked_at IS NULL
$$;
REVOKE ALL ON FUNCTION semel_server.find_tokens(bytea[]) FROM PUBLIC;

GRANT USAGE ON SCHEMA semel_server TO semel_app;
GRANT SELECT, INSERT, UPDATE (revoked_at) ON semel_server.tokens TO semel_app;
GRANT EXECUTE ON FUNCTION semel_server.find_tokens(bytea[]) TO semel_app;
