-- What leaves the log, or the database, is held against the seals, which maintenance cannot change, and not only against the
-- anchor, which it can. Older servers go on working beside it.

-- Whether a partition has exactly the rows that the month's seals have, and the anchor stands for the last of these.
-- Reads ids, not digests: that rows are as they were sealed is found by the export.
CREATE FUNCTION semel.audit_is_sealed(of_month date) RETURNS boolean
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $$
DECLARE
    partition text := semel.audit_partition(of_month);
    anchor    semel.audit_anchors;
    last_seal semel.audit_seals;
    seals     bigint;
    row_count numeric;
    same_rows boolean;
BEGIN
    SELECT * INTO anchor FROM semel.audit_anchors a WHERE a.month = of_month;
    SELECT count(*), coalesce(sum(s.row_count), 0) INTO seals, row_count FROM semel.audit_seals s WHERE s.month = of_month;
    SELECT * INTO last_seal FROM semel.audit_seals s WHERE s.month = of_month ORDER BY s.number DESC LIMIT 1;
    IF anchor.month IS NULL OR anchor.seals <> seals OR anchor.row_count <> row_count THEN
        RETURN false;
    END IF;
    IF seals > 0 AND (last_seal.number, last_seal.last_id, last_seal.hash)
                     IS DISTINCT FROM (anchor.seals, anchor.last_id, anchor.head) THEN
        RETURN false;
    END IF;
    -- As many rows as sealed ids, and none that is not among these.
    EXECUTE format('SELECT (SELECT count(*) FROM semel.%I) = $2 AND NOT EXISTS (SELECT p.id FROM semel.%I p EXCEPT ALL'
                   ' SELECT unnest(s.row_ids) FROM semel.audit_seals s WHERE s.month = $1)', partition, partition)
       INTO same_rows USING of_month, row_count;
    RETURN same_rows;
END
$$;
REVOKE ALL ON FUNCTION semel.audit_is_sealed(date) FROM PUBLIC;

-- Takes an exported and completely sealed month out of the log. Never waits long: writers queue up behind it.
CREATE OR REPLACE FUNCTION semel.audit_detach_month(of_month date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
    SET lock_timeout = '50ms'
AS $$
DECLARE
    partition text := semel.audit_partition(of_month);
    anchor    semel.audit_anchors;
BEGIN
    SELECT * INTO anchor FROM semel.audit_anchors a WHERE a.month = of_month FOR UPDATE;
    IF anchor.exported_at IS NULL OR anchor.export_sha256 IS NULL OR anchor.state NOT IN ('OPEN', 'ATTACHED') THEN
        RAISE EXCEPTION 'month % is not exported or not attached', of_month USING ERRCODE = '55000';
    END IF;
    IF (of_month + interval '1 month 1 day') AT TIME ZONE 'UTC' > clock_timestamp() THEN
        RAISE EXCEPTION 'month % is not over', of_month USING ERRCODE = '55000';
    END IF;
    -- An older snapshot would not see the latest rows.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'a month is detached at read committed' USING ERRCODE = '55000';
    END IF;
    IF to_regclass('semel.' || partition) IS NULL THEN
        RAISE EXCEPTION 'month % has no partition', of_month USING ERRCODE = '55000';
    END IF;
    -- The long look needs quiet in this month only; the log itself is locked for a moment afterwards.
    EXECUTE format('LOCK TABLE ONLY semel.%I IN SHARE MODE', partition);
    IF NOT semel.audit_is_sealed(of_month) THEN
        RAISE EXCEPTION 'month % has rows that are not sealed, or is not as it was sealed', of_month USING ERRCODE = '55000';
    END IF;
    LOCK TABLE ONLY semel.idempotent_write_audit_log IN ACCESS EXCLUSIVE MODE;
    EXECUTE format('ALTER TABLE semel.idempotent_write_audit_log DETACH PARTITION semel.%I', partition);
    EXECUTE format('ALTER TABLE semel.%I FORCE ROW LEVEL SECURITY', partition);
    UPDATE semel.audit_anchors a SET state = 'DETACHED', detached_at = clock_timestamp() WHERE a.month = of_month;
END
$$;

-- Removes a detached month and its seals for good; its anchor stays. Drops and does not delete: a policy filters no DROP.
CREATE OR REPLACE FUNCTION semel.audit_drop_month(of_month date) RETURNS void
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
     WHERE a.month = of_month AND a.state = 'DETACHED' AND a.exported_at IS NOT NULL AND a.export_sha256 IS NOT NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'month % is not detached', of_month USING ERRCODE = '55000';
    END IF;
    EXECUTE format('LOCK TABLE semel.%I IN ACCESS EXCLUSIVE MODE', partition);
    IF current_setting('transaction_isolation') <> 'read committed' OR NOT semel.audit_is_sealed(of_month) THEN
        RAISE EXCEPTION 'month % is not as it was sealed', of_month USING ERRCODE = '55000';
    END IF;
    EXECUTE format('DROP TABLE semel.%I', partition);
    DELETE FROM semel.audit_seals s WHERE s.month = of_month;
END
$$;
