-- Rows that wait in the default partition for their month reach it in batches.
--
-- PostgreSQL attaches no month while the default partition holds rows of it, and a reader must find each row at every moment. So the
-- rows are copied, in the order of their ids and in short transactions, to a shadow of the log, whose partitions are to take the
-- place of the default one, while everybody reads the originals (audit_move_begin, audit_move_copy). Then, while the log is locked
-- for a moment, the last few are copied and the partitions change places (audit_move_swap). Last, the originals are removed, each
-- only if the log has it (audit_move_tidy). Each call may be the last one before a crash: the next run goes on from there.
--
-- Row-level security is forced on the shadow and on what is left, as on every table of tenants; nobody but their owner has a grant,
-- and a policy lets the owner, who may be no superuser, see all rows.

-- Makes a month's partition, with the month's rows from the default partition, as long as these are few; false if it is there
-- already.
CREATE OR REPLACE FUNCTION semel.audit_make_month(of_month date) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
    SET lock_timeout = '50ms' SET timezone = 'UTC' SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    partition text        := semel.audit_partition(of_month);
    starts    timestamptz := of_month::timestamp AT TIME ZONE 'UTC';
    ends      timestamptz := (of_month + interval '1 month') AT TIME ZONE 'UTC';
BEGIN
    IF to_regclass('semel.audit_log_moving') IS NOT NULL THEN
        RAISE EXCEPTION 'rows of the default partition are on their way' USING ERRCODE = '55000';
    END IF;
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
    -- Whatever is there is read while the lock is held, also rows of other months.
    IF (SELECT count(*) FROM (SELECT FROM semel.idempotent_write_audit_log_default LIMIT 1001) AS few) > 1000 THEN
        RAISE EXCEPTION 'the default partition has too many rows for one step' USING ERRCODE = '55000';
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

-- One node moves rows at a time; another one fails as it would with a lock that it does not get.
CREATE FUNCTION semel.audit_move_alone() RETURNS void
    LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended('semel.audit_move', 0)) THEN
        RAISE EXCEPTION 'another node moves rows' USING ERRCODE = '55P03';
    END IF;
END
$$;

-- Whether rows are on their way in batches: already, or from now on, because a month is missing and the default partition has too
-- many rows for one step. Makes the shadow, with this month and the next two and those that only the default partition has rows of.
CREATE FUNCTION semel.audit_move_begin() RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
    SET lock_timeout = '50ms' SET timezone = 'UTC' SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    missing   date[];
    one       date;
    partition text;
BEGIN
    PERFORM semel.audit_move_alone();
    IF to_regclass('semel.audit_log_moving') IS NOT NULL THEN
        RETURN true;
    END IF;
    -- What an earlier move left comes first; and as long as few rows are in the way, months are made one by one.
    IF to_regclass('semel.audit_log_left') IS NOT NULL
       OR (SELECT count(*) FROM (SELECT FROM semel.idempotent_write_audit_log_default LIMIT 1001) AS few) <= 1000 THEN
        RETURN false;
    END IF;
    SELECT array_agg(m.month ORDER BY m.month) INTO missing
      FROM (SELECT a.month FROM semel.audit_months() a
            UNION
            SELECT (date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC') + ahead * interval '1 month')::date
              FROM generate_series(0, 2) AS ahead) AS m
     WHERE m.month <= clock_timestamp() + interval '4 months'
       AND to_regclass('semel.' || semel.audit_partition(m.month)) IS NULL
       AND NOT EXISTS (SELECT FROM semel.audit_anchors a WHERE a.month = m.month AND a.state <> 'OPEN');
    IF missing IS NULL THEN
        RETURN false;
    END IF;
    EXECUTE 'CREATE TABLE semel.audit_log_moving (LIKE semel.idempotent_write_audit_log INCLUDING ALL)'
            ' PARTITION BY RANGE (at)';
    EXECUTE 'ALTER TABLE semel.audit_log_moving ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY';
    EXECUTE 'CREATE POLICY move ON semel.audit_log_moving USING (true)';
    EXECUTE 'CREATE TABLE semel.audit_log_moving_default PARTITION OF semel.audit_log_moving DEFAULT';
    EXECUTE 'ALTER TABLE semel.audit_log_moving_default ENABLE ROW LEVEL SECURITY';
    FOREACH one IN ARRAY missing LOOP
        partition := semel.audit_partition(one);
        EXECUTE format('CREATE TABLE semel.%1$I PARTITION OF semel.audit_log_moving'
                       ' (CONSTRAINT one_month CHECK (at >= %2$L AND at < %3$L)) FOR VALUES FROM (%2$L) TO (%3$L)',
                       partition, one::timestamp AT TIME ZONE 'UTC', (one + interval '1 month') AT TIME ZONE 'UTC');
        EXECUTE format('ALTER TABLE semel.%I ENABLE ROW LEVEL SECURITY', partition);
    END LOOP;
    RETURN true;
END
$$;

-- Copies the next rows of the default partition to the shadow and returns how many there were. All rows up to the id must be
-- settled: none may be committed later. What lies behind is copied by the swap.
CREATE FUNCTION semel.audit_move_copy(up_to bigint, at_most integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on
    SET lock_timeout = '50ms' SET enable_seqscan = off SET enable_bitmapscan = off
AS $$
DECLARE
    copied bigint;
    moved  integer;
BEGIN
    IF up_to IS NULL OR at_most IS NULL OR at_most NOT BETWEEN 1 AND 10000 THEN
        RAISE EXCEPTION 'a batch has 1 to 10,000 rows' USING ERRCODE = '22023';
    END IF;
    PERFORM semel.audit_move_alone();
    IF to_regclass('semel.audit_log_moving') IS NULL THEN
        RETURN 0;
    END IF;
    EXECUTE 'SELECT coalesce(max(id), -9223372036854775808) FROM semel.audit_log_moving' INTO copied;
    EXECUTE 'INSERT INTO semel.audit_log_moving SELECT d.* FROM semel.idempotent_write_audit_log_default d'
            ' WHERE d.id > $1 AND d.id <= $2 ORDER BY d.id FETCH FIRST $3 ROWS WITH TIES' USING copied, up_to, at_most;
    GET DIAGNOSTICS moved = ROW_COUNT;
    RETURN moved;
END
$$;

-- Copies the last rows and puts the shadow's partitions in the place of the default one. False if too many rows are left for a
-- moment's lock: copy on, and try again. Waits 50 ms at most for those that use the log; writers queue up behind it.
CREATE FUNCTION semel.audit_move_swap() RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on
    SET lock_timeout = '50ms' SET timezone = 'UTC' SET datestyle = 'ISO, YMD'
    SET enable_seqscan = off SET enable_bitmapscan = off
AS $$
DECLARE
    copied bigint;
    few    boolean;
    one    record;
BEGIN
    PERFORM semel.audit_move_alone();
    IF to_regclass('semel.audit_log_moving') IS NULL THEN
        RETURN true;
    END IF;
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'partitions change places at read committed' USING ERRCODE = '55000';
    END IF;
    EXECUTE 'SELECT coalesce(max(id), -9223372036854775808) FROM semel.audit_log_moving' INTO copied;
    FOR look IN 1..2 LOOP
        EXECUTE 'SELECT count(*) <= 1000 FROM (SELECT FROM semel.idempotent_write_audit_log_default d'
                ' WHERE d.id > $1 LIMIT 1001) AS few' INTO few USING copied;
        IF NOT few THEN
            RETURN false;
        END IF;
        -- Nobody inserts any more when it is looked at for the second time.
        LOCK TABLE ONLY semel.idempotent_write_audit_log IN ACCESS EXCLUSIVE MODE;
        LOCK TABLE semel.idempotent_write_audit_log_default IN ACCESS EXCLUSIVE MODE;
    END LOOP;
    EXECUTE 'INSERT INTO semel.audit_log_moving SELECT d.* FROM semel.idempotent_write_audit_log_default d WHERE d.id > $1'
      USING copied;
    ALTER TABLE semel.idempotent_write_audit_log DETACH PARTITION semel.idempotent_write_audit_log_default;
    ALTER TABLE semel.idempotent_write_audit_log_default RENAME TO audit_log_left;
    EXECUTE 'ALTER TABLE semel.audit_log_left FORCE ROW LEVEL SECURITY';
    EXECUTE 'CREATE POLICY move ON semel.audit_log_left USING (true)';
    -- Without a default partition nothing has to be scanned; the check constraint one_month spares the scan of the month.
    FOR one IN SELECT c.relname, to_date(substring(c.relname FROM '_(\d{4}_\d{2})$'), 'YYYY_MM') AS month
                 FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                WHERE i.inhparent = 'semel.audit_log_moving'::regclass
                ORDER BY month NULLS LAST LOOP
        EXECUTE format('ALTER TABLE semel.audit_log_moving DETACH PARTITION semel.%I', one.relname);
        IF one.month IS NOT NULL THEN
            EXECUTE format('ALTER TABLE semel.idempotent_write_audit_log ATTACH PARTITION semel.%I'
                           ' FOR VALUES FROM (%L) TO (%L)', one.relname, one.month::timestamp AT TIME ZONE 'UTC',
                           (one.month + interval '1 month') AT TIME ZONE 'UTC');
        ELSE
            EXECUTE format('ALTER TABLE semel.%I RENAME TO idempotent_write_audit_log_default', one.relname);
            EXECUTE 'ALTER TABLE semel.idempotent_write_audit_log'
                    ' ATTACH PARTITION semel.idempotent_write_audit_log_default DEFAULT';
        END IF;
    END LOOP;
    DROP TABLE semel.audit_log_moving;
    RETURN true;
END
$$;

-- Removes the next originals, each only if the log has the very same row, and returns the last id that it looked at; null when it
-- has come to the end and nothing is left. Fails there if something is: it stays for an operator.
CREATE FUNCTION semel.audit_move_tidy(after bigint, at_most integer) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on
    SET lock_timeout = '50ms' SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off
    SET enable_mergejoin = off
AS $$
DECLARE
    last_id   bigint;
    remains   boolean;
    partition regclass;
BEGIN
    IF after IS NULL OR at_most IS NULL OR at_most NOT BETWEEN 1 AND 10000 THEN
        RAISE EXCEPTION 'a batch has 1 to 10,000 rows' USING ERRCODE = '22023';
    END IF;
    PERFORM semel.audit_move_alone();
    IF to_regclass('semel.audit_log_left') IS NULL THEN
        RETURN NULL;
    END IF;
    EXECUTE 'SELECT max(id) FROM (SELECT id FROM semel.audit_log_left WHERE id > $1 ORDER BY id'
            ' FETCH FIRST $2 ROWS WITH TIES) AS batch' INTO last_id USING after, at_most;
    IF last_id IS NULL THEN
        EXECUTE 'LOCK TABLE semel.audit_log_left IN ACCESS EXCLUSIVE MODE';
        EXECUTE 'SELECT EXISTS (SELECT FROM semel.audit_log_left)' INTO remains;
        IF remains THEN
            RAISE EXCEPTION 'semel.audit_log_left has rows that the log does not have' USING ERRCODE = '55000';
        END IF;
        DROP TABLE semel.audit_log_left;
        RETURN NULL;
    END IF;
    -- The partitions, and not the log: its policies hold for an owner who is no superuser.
    FOR partition IN SELECT i.inhrelid::regclass FROM pg_inherits i
                      WHERE i.inhparent = 'semel.idempotent_write_audit_log'::regclass LOOP
        EXECUTE format('DELETE FROM semel.audit_log_left o USING %s l WHERE o.id > $1 AND o.id <= $2'
                       ' AND l.tenant_id = o.tenant_id AND l.at = o.at AND l.id = o.id'
                       ' AND ROW(l.*) IS NOT DISTINCT FROM ROW(o.*)', partition) USING after, last_id;
    END LOOP;
    RETURN last_id;
END
$$;

REVOKE ALL ON FUNCTION semel.audit_move_alone(), semel.audit_move_begin(), semel.audit_move_copy(bigint, integer),
    semel.audit_move_swap(), semel.audit_move_tidy(bigint, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION semel.audit_move_begin(), semel.audit_move_copy(bigint, integer), semel.audit_move_swap(),
    semel.audit_move_tidy(bigint, integer) TO semel_maintenance;
