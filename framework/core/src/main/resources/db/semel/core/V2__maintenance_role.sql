-- The role of maintenance, the relay's look-out first: it sees all tenants in Semel's own tables, and no table of a
-- service. Row-level security holds for it as well; its policies say what it may see.

-- As in V1: the role may exist, and whoever makes it must be able to become it.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'semel_maintenance') THEN
        BEGIN
            CREATE ROLE semel_maintenance NOLOGIN NOBYPASSRLS;
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END IF;
    IF NOT pg_has_role(current_user, 'semel_maintenance',
                       CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) THEN
        EXECUTE format('GRANT semel_maintenance TO %I', current_user);
    END IF;
END
$$;

GRANT USAGE ON SCHEMA semel TO semel_maintenance;
