-- What recurring work did last, and who is at it. Of the whole database, so without a tenant; the application cannot see it.
CREATE TABLE semel.maintenance_jobs (
    name            text        PRIMARY KEY,
    holder          uuid,                                        -- unique per run; null while nobody is at it
    held_until      timestamptz NOT NULL DEFAULT '-infinity',
    next_run_at     timestamptz NOT NULL DEFAULT '-infinity',
    last_started_at timestamptz,
    last_success_at timestamptz,
    last_error      text,                                        -- of the last run, if it failed; a short code, never a message
    done            bigint      NOT NULL DEFAULT 0,              -- by the last run that ended well
    eligible_rows   bigint      NOT NULL DEFAULT 0               -- that it left
);
GRANT SELECT, INSERT, UPDATE ON semel.maintenance_jobs TO semel_maintenance;

-- Responses that are still kept, and tombstones, each by the time when it goes. No range of blocks: rows go and their space is
-- used again, so that neighbours are soon of all ages.
DROP INDEX semel.idempotency_keys_purge;
CREATE INDEX idempotency_keys_responses ON semel.idempotency_keys (expires_at) WHERE response_body IS NOT NULL;
CREATE INDEX idempotency_keys_tombstones ON semel.idempotency_keys (purge_at) WHERE response_body IS NULL;

-- It sees all keys and changes none whose time has not come.
CREATE POLICY maintenance ON semel.idempotency_keys FOR SELECT TO semel_maintenance USING (true);
CREATE POLICY maintenance_tombstones ON semel.idempotency_keys FOR UPDATE TO semel_maintenance
    USING (expires_at <= clock_timestamp());
CREATE POLICY maintenance_pruning ON semel.idempotency_keys FOR DELETE TO semel_maintenance
    USING (purge_at <= clock_timestamp());
GRANT SELECT, DELETE, UPDATE (response_body) ON semel.idempotency_keys TO semel_maintenance;
