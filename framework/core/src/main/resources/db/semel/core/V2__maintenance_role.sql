-- The role of the maintenance jobs and of the relay's look-out: it sees all tenants in Semel's own tables, and no table of a
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

-- How the recurring jobs are doing: one row per job, for all nodes. Belongs to no tenant.
CREATE TABLE semel.maintenance_jobs (
    name            text        PRIMARY KEY,
    last_started_at timestamptz,
    last_success_at timestamptz,
    last_failure_at timestamptz,
    last_error      text,                 -- a short code, never a message
    done_rows       bigint      NOT NULL DEFAULT 0,
    eligible_rows   bigint      NOT NULL DEFAULT 0
);
GRANT SELECT, INSERT, UPDATE ON semel.maintenance_jobs TO semel_maintenance;
