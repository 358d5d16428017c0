-- The audit log by months (UTC), its seals and its anchors. Copies every row of the log once: see the changelog.
--
-- Partitions are made, detached, attached and dropped by functions that act as their owner, whoever runs the migrations.
-- They take a month and never a name, and refuse what would lose rows. Row-level security is forced on the log itself and on
-- detached months, but not on its partitions: nobody else has a grant on these, and the functions, which could be fooled by
-- policies, must see all rows there. row_security = off has a statement fail that a policy would filter.

ALTER TABLE semel.idempotent_write_audit_log RENAME TO audit_log_before_months;
ALTER INDEX semel.idempotent_write_audit_log_pkey RENAME TO audit_log_before_months_pkey;

CREATE SEQUENCE semel.audit_log_ids;
DO $$
BEGIN
    PERFORM setval('semel.audit_log_ids', last_value, is_called) FROM semel.idempotent_write_audit_log_id_seq;
END
$$;

CREATE TABLE semel.idempotent_write_audit_log (
    tenant_id           text        NOT NULL,
    at                  timestamptz NOT NULL DEFAULT clock_timestamp(),
    id                  bigint      NOT NULL DEFAULT nextval('semel.audit_log_ids'),
    request_id          text        NOT NULL,
    user_id             text        NOT NULL,
    operation_type      text        NOT NULL,
    risk                text,                     -- null where a row is not about a call
    key                 text,
    payload_hash        bytea,
    fingerprint_version smallint,
    result_id           uuid,                     -- null where nothing was executed
    resource_id         text        NOT NULL,
    status              text        NOT NULL
        CHECK (status IN ('EXECUTED', 'REJECTED', 'REPLAYED', 'REFUSED', 'FAILED', 'PARKED')),
    code                text,                     -- why it was refused, failed or parked
    duration_micros     bigint      NOT NULL,
    CONSTRAINT calls_say_what_was_asked CHECK (status = 'PARKED'
        OR (risk IS NOT NULL AND key IS NOT NULL AND payload_hash IS NOT NULL AND fingerprint_version IS NOT NULL)),
    CONSTRAINT executions_have_results CHECK (status NOT IN ('EXECUTED', 'REJECTED') OR result_id IS NOT NULL),
    CONSTRAINT trouble_has_a_code CHECK (status NOT IN ('REFUSED', 'FAILED', 'PARKED') OR code IS NOT NULL),
    PRIMARY KEY (tenant_id, at, id)
) PARTITION BY RANGE (at);
-- For the seals, which go by id across tenants.
CREATE INDEX idempotent_write_audit_log_id ON semel.idempotent_write_audit_log (id);
-- For late retries, and for the operator who has a request id from a log.
CREATE INDEX idempotent_write_audit_log_result ON semel.idempotent_write_audit_log (tenant_id, result_id)
    WHERE status = 'EXECUTED';
CREATE INDEX idempotent_write_audit_log_request ON semel.idempotent_write_audit_log (tenant_id, request_id);

-- So that no write ever fails for want of its month.
CREATE TABLE semel.idempotent_write_audit_log_default
    PARTITION OF semel.idempotent_write_audit_log DEFAULT;
ALTER TABLE semel.idempotent_write_audit_log_default ENABLE ROW LEVEL SECURITY;

-- Each month's chain of seals, and what outlives them: where the chain starts and ends, and where its rows went.
CREATE TABLE semel.audit_anchors (
    month            date        NOT NULL PRIMARY KEY CHECK (extract(day FROM month) = 1),
    state            text        NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'DETACHED', 'ATTACHED', 'DROPPED')),
    previous_month   date,                        -- the chain that this one starts from; null if there was none
    previous_seals   integer,
    previous_head    bytea,
    seals            integer     NOT NULL DEFAULT 0,
    row_count        bigint      NOT NULL DEFAULT 0,
    first_id         bigint,
    last_id          bigint,
    head             bytea       NOT NULL CHECK (octet_length(head) = 32),
    opened_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    sealed_at        timestamptz,
    export_file      text,                        -- the manifest's name
    export_sha256    bytea,                       -- of the rows' file
    exported_at      timestamptz,
    detached_at      timestamptz,
    dropped_at       timestamptz,
    files_removed_at timestamptz
);

CREATE TABLE semel.audit_seals (
    month         date        NOT NULL REFERENCES semel.audit_anchors,
    number        integer     NOT NULL CHECK (number > 0),
    row_count     integer     NOT NULL CHECK (row_count > 0),
    first_id      bigint      NOT NULL,
    last_id       bigint      NOT NULL,
    row_ids       bigint[]    NOT NULL,
    row_tenants   text[]      NOT NULL,
    row_digests   bytea       NOT NULL,           -- 32 bytes for each row
    previous_hash bytea       NOT NULL CHECK (octet_length(previous_hash) = 32),
    hash          bytea       NOT NULL CHECK (octet_length(hash) = 32),
    sealed_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (month, number)
);

-- The name of a month's partition; refuses everything but the first day of a month.
CREATE FUNCTION semel.audit_partition(of_month date) RETURNS text
    LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF of_month IS NULL OR NOT isfinite(of_month) OR extract(day FROM of_month) <> 1
       OR of_month < date '2000-01-01' OR of_month >= date '2200-01-01' THEN
        RAISE EXCEPTION 'not the first day of a month' USING ERRCODE = '22023';
    END IF;
    RETURN 'idempotent_write_audit_log_' || to_char(of_month, 'YYYY_MM');
END
$$;

-- The months that have a partition, and those of which there are rows in the default partition only.
CREATE FUNCTION semel.audit_months() RETURNS TABLE (month date, has_partition boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $$
    SELECT to_date(right(c.relname, 7), 'YYYY_MM'), true
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = 'semel.idempotent_write_audit_log'::regclass AND c.relname ~ '_\d{4}_\d{2}$'
    UNION ALL
    SELECT DISTINCT date_trunc('month', d.at AT TIME ZONE 'UTC')::date, false
      FROM semel.idempotent_write_audit_log_default d
     WHERE d.at >= '2000-01-01 00:00:00+00' AND d.at < '2200-01-01 00:00:00+00'
$$;

-- Makes a month's partition, with the month's rows from the default partition; false if it is there already.
CREATE FUNCTION semel.audit_make_month(of_month date) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
    SET lock_timeout = '50ms' SET timezone = 'UTC' SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    partition text        := semel.audit_partition(of_month);
    starts    timestamptz := of_month::timestamp AT TIME ZONE 'UTC';
    ends      timestamptz := (of_month + interval '1 month') AT TIME ZONE 'UTC';
BEGIN
    IF to_regclass('semel.' || partition) IS NOT NULL THEN
        RETURN false;
    END IF;
    IF starts > clock_timestamp() + interval '4 months' THEN
        RAISE EXCEPTION 'month % is too far ahead', of_month USING ERRCODE = '22023';
    END IF;
    -- A month that was detached or dropped has its rows elsewhere: it gets no second partition.
    IF EXISTS (SELECT FROM semel.audit_anchors a WHERE a.month = of_month AND a.state <> 'OPEN') THEN
        RAISE EXCEPTION 'month % is closed', of_month USING ERRCODE = '55000';
    END IF;
    -- Keeps two nodes from making the same month, and writers from adding rows while they are moved. No writer needs it but
    -- those whose month is missing.
    LOCK TABLE semel.idempotent_write_audit_log_default IN ACCESS EXCLUSIVE MODE;
    IF to_regclass('semel.' || partition) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE semel.%I (LIKE semel.idempotent_write_audit_log INCLUDING ALL,'
                   ' CONSTRAINT one_month CHECK (at >= %L AND at < %L))', partition, starts, ends);
    EXECUTE format('ALTER TABLE semel.%I ENABLE ROW LEVEL SECURITY', partition);
    -- PostgreSQL attaches no month while the default partition holds rows of it.
    EXECUTE format('WITH moved AS (DELETE FROM semel.idempotent_write_audit_log_default d'
                   ' WHERE d.at >= %L AND d.at < %L RETURNING d.*)'
                   ' INSERT INTO semel.%I SELECT * FROM moved', starts, ends, partition);
    EXECUTE format('ALTER TABLE semel.idempotent_write_audit_log ATTACH PARTITION semel.%I'
                   ' FOR VALUES FROM (%L) TO (%L)', partition, starts, ends);
    RETURN true;
END
$$;

-- Takes an exported and completely sealed month out of the log. Never waits long: writers queue up behind it.
CREATE FUNCTION semel.audit_detach_month(of_month date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
    SET lock_timeout = '50ms'
AS $$
DECLARE
    partition text := semel.audit_partition(of_month);
    anchor    semel.audit_anchors;
    unsealed  boolean;
BEGIN
    SELECT * INTO anchor FROM semel.audit_anchors a WHERE a.month = of_month FOR UPDATE;
    IF anchor.exported_at IS NULL OR anchor.state NOT IN ('OPEN', 'ATTACHED') THEN
        RAISE EXCEPTION 'month % is not exported or not attached', of_month USING ERRCODE = '55000';
    END IF;
    IF (of_month + interval '1 month 1 day') AT TIME ZONE 'UTC' > clock_timestamp() THEN
        RAISE EXCEPTION 'month % is not over', of_month USING ERRCODE = '55000';
    END IF;
    LOCK TABLE ONLY semel.idempotent_write_audit_log IN ACCESS EXCLUSIVE MODE;
    EXECUTE format('SELECT EXISTS (SELECT FROM semel.%I p WHERE p.id > $1)', partition)
       INTO unsealed USING coalesce(anchor.last_id, 0);
    IF unsealed THEN
        RAISE EXCEPTION 'month % has rows that are not sealed', of_month USING ERRCODE = '55000';
    END IF;
    EXECUTE format('ALTER TABLE semel.idempotent_write_audit_log DETACH PARTITION semel.%I', partition);
    EXECUTE format('ALTER TABLE semel.%I FORCE ROW LEVEL SECURITY', partition);
    UPDATE semel.audit_anchors a SET state = 'DETACHED', detached_at = clock_timestamp() WHERE a.month = of_month;
END
$$;

-- Puts a detached month back, for a query.
CREATE FUNCTION semel.audit_attach_month(of_month date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
    SET lock_timeout = '50ms' SET timezone = 'UTC' SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    partition text := semel.audit_partition(of_month);
BEGIN
    UPDATE semel.audit_anchors a SET state = 'ATTACHED' WHERE a.month = of_month AND a.state = 'DETACHED';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'month % is not detached', of_month USING ERRCODE = '55000';
    END IF;
    EXECUTE format('ALTER TABLE semel.%I NO FORCE ROW LEVEL SECURITY', partition);
    -- The check constraint one_month spares a scan while the lock is held.
    EXECUTE format('ALTER TABLE semel.idempotent_write_audit_log ATTACH PARTITION semel.%I'
                   ' FOR VALUES FROM (%L) TO (%L)', partition,
                   of_month::timestamp AT TIME ZONE 'UTC', (of_month + interval '1 month') AT TIME ZONE 'UTC');
END
$$;

-- Removes a detached month and its seals for good; its anchor stays. Drops and does not delete: a policy filters no DROP.
CREATE FUNCTION semel.audit_drop_month(of_month date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
    SET lock_timeout = '50ms'
AS $$
DECLARE
    partition text := semel.audit_partition(of_month);
BEGIN
    IF (of_month + interval '1 month 1 year') AT TIME ZONE 'UTC' > clock_timestamp() THEN
        RAISE EXCEPTION 'month % is kept for at least a year', of_month USING ERRCODE = '55000';
    END IF;
    UPDATE semel.audit_anchors a SET state = 'DROPPED', dropped_at = clock_timestamp()
     WHERE a.month = of_month AND a.state = 'DETACHED' AND a.exported_at IS NOT NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'month % is not detached', of_month USING ERRCODE = '55000';
    END IF;
    EXECUTE format('DROP TABLE semel.%I', partition);
    DELETE FROM semel.audit_seals s WHERE s.month = of_month;
END
$$;

-- The rows move. Without NO FORCE the owner would see none of them and move nothing.
ALTER TABLE semel.audit_log_before_months NO FORCE ROW LEVEL SECURITY;
SET LOCAL row_security = off;

DO $$
BEGIN
    PERFORM semel.audit_make_month(months.month)
       FROM (SELECT DISTINCT date_trunc('month', at AT TIME ZONE 'UTC')::date AS month FROM semel.audit_log_before_months
             UNION
             SELECT (date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC') + ahead * interval '1 month')::date
               FROM generate_series(0, 2) AS ahead) AS months
      -- The rest stays in the default partition.
      WHERE months.month BETWEEN date '2000-01-01' AND clock_timestamp() + interval '3 months';
END
$$;

INSERT INTO semel.idempotent_write_audit_log
       (tenant_id, at, id, request_id, user_id, operation_type, risk, key, payload_hash, fingerprint_version, result_id,
        resource_id, status, duration_micros)
SELECT tenant_id, at, id, request_id, user_id, operation_type, risk, key, payload_hash, fingerprint_version, result_id,
       resource_id, status, duration_micros
  FROM semel.audit_log_before_months;

DROP TABLE semel.audit_log_before_months;
SET LOCAL row_security = on;

ALTER TABLE semel.idempotent_write_audit_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel.idempotent_write_audit_log FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel.idempotent_write_audit_log USING (tenant_id = current_setting('semel.tenant', true));
CREATE POLICY maintenance ON semel.idempotent_write_audit_log FOR SELECT TO semel_maintenance USING (true);

-- The application chooses neither a row's time nor its id.
GRANT SELECT ON semel.idempotent_write_audit_log TO semel_app;
GRANT INSERT (tenant_id, request_id, user_id, operation_type, risk, key, payload_hash, fingerprint_version, result_id,
              resource_id, status, code, duration_micros) ON semel.idempotent_write_audit_log TO semel_app;
GRANT USAGE ON SEQUENCE semel.audit_log_ids TO semel_app;

-- Maintenance seals; it changes no row of the log and no seal.
GRANT SELECT ON semel.idempotent_write_audit_log TO semel_maintenance;
GRANT SELECT ON SEQUENCE semel.audit_log_ids TO semel_maintenance;
GRANT SELECT ON semel.audit_seals, semel.audit_anchors TO semel_maintenance;
GRANT INSERT (month, number, row_count, first_id, last_id, row_ids, row_tenants, row_digests, previous_hash, hash)
   ON semel.audit_seals TO semel_maintenance;
GRANT INSERT (month, previous_month, previous_seals, previous_head, head) ON semel.audit_anchors TO semel_maintenance;
GRANT UPDATE (seals, row_count, first_id, last_id, head, sealed_at, export_file, export_sha256, exported_at,
              files_removed_at) ON semel.audit_anchors TO semel_maintenance;

REVOKE ALL ON FUNCTION semel.audit_partition(date), semel.audit_months(), semel.audit_make_month(date),
    semel.audit_detach_month(date), semel.audit_attach_month(date), semel.audit_drop_month(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION semel.audit_months(), semel.audit_make_month(date), semel.audit_detach_month(date),
    semel.audit_attach_month(date), semel.audit_drop_month(date) TO semel_maintenance;
