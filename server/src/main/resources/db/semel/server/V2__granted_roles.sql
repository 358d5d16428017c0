-- Semel server: a token opens what its user was granted besides its own roles, as of the moment of the look-up.

CREATE OR REPLACE FUNCTION semel_server.find_tokens(hashes bytea[])
    RETURNS TABLE (token_hash bytea, tenant_id text, user_id text, roles text[])
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT t.token_hash, t.tenant_id, t.user_id, t.roles || semel_books.granted_roles(t.tenant_id, t.user_id)
    FROM semel_server.tokens t
    WHERE t.token_hash = ANY (hashes) AND t.revoked_at IS NULL
$$;
