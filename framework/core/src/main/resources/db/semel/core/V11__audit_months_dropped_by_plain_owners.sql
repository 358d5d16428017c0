-- A detached month hides its rows even from its owner. V8 looks into it before it is dropped: an owner who is no superuser could
-- drop none. The lock is held and nothing is committed in between.

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
    EXECUTE format('ALTER TABLE semel.%I NO FORCE ROW LEVEL SECURITY', partition);
    IF current_setting('transaction_isolation') <> 'read committed' OR NOT semel.audit_is_sealed(of_month) THEN
        RAISE EXCEPTION 'month % is not as it was sealed', of_month USING ERRCODE = '55000';
    END IF;
    EXECUTE format('DROP TABLE semel.%I', partition);
    DELETE FROM semel.audit_seals s WHERE s.month = of_month;
END
$$;
