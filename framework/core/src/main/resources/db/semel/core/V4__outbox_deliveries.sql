-- The outbox holds two kinds of rows. A fresh event (sink = '') has not been tried yet and is meant for all its sinks. A
-- delivery (sink named) is what is left of an event for one sink that failed, or that has an earlier delivery of the same
-- ordering key to wait for. Fresh events never wait, so that the relay can scan them from a watermark.
ALTER TABLE semel.outbox_events
    ADD COLUMN sink      text    NOT NULL DEFAULT '',
    ADD COLUMN number    integer NOT NULL DEFAULT 0,   -- among the events of its write
    ADD COLUMN parked_at timestamptz,
    ADD COLUMN last_error text,                        -- a short code, never a message
    ADD COLUMN halts_key boolean NOT NULL DEFAULT false, -- parked, and the later ones of its ordering key wait
    DROP CONSTRAINT outbox_events_pkey,
    ADD PRIMARY KEY (tenant_id, sink, id);

-- next_attempt_at of a delivery: infinity while it is parked or waits for an earlier one of its ordering key.
CREATE INDEX outbox_events_due ON semel.outbox_events (next_attempt_at, tenant_id) WHERE sink <> '';
CREATE INDEX outbox_events_order ON semel.outbox_events (tenant_id, sink, ordering_key, id) WHERE sink <> '';
CREATE INDEX outbox_events_event ON semel.outbox_events (tenant_id, event_id) WHERE sink <> '';

-- The table is empty most of the time and full after a burst: never wait for a share of its rows to change.
ALTER TABLE semel.outbox_events SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- The relay acknowledges and reschedules as the application, one tenant at a time.
GRANT DELETE ON semel.outbox_events TO semel_app;
GRANT UPDATE (attempts, next_attempt_at, parked_at, parked_reason, halts_key, last_error) ON semel.outbox_events TO semel_app;

-- Its look-out finds the tenants that have something to deliver.
CREATE POLICY maintenance ON semel.outbox_events FOR SELECT TO semel_maintenance USING (true);
GRANT SELECT ON semel.outbox_events TO semel_maintenance;
GRANT SELECT ON SEQUENCE semel.outbox_events_id_seq TO semel_maintenance;
