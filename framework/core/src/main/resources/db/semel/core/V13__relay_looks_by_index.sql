-- Whose events are new since the relay's last look, whatever tenant they belong to. By the primary key a look has to hop from tenant to
-- tenant, and reads past all rows of a tenant that are gone and not vacuumed yet (before PostgreSQL 18, which skips them, and even
-- there once for each tenant). The price is one entry an event, always at the right end of the index. Not unique: no constraint
-- crosses tenants.
CREATE INDEX outbox_events_fresh ON semel.outbox_events (id) WHERE sink = '';

-- Which tenants have something due at a sink that is up. The sink leads: deliveries to one that is down, due all the time and perhaps
-- very many, are not read then. Nor are those that are parked or wait for another one, however many tenants have some.
DROP INDEX semel.outbox_events_due;
CREATE INDEX outbox_events_due ON semel.outbox_events (sink, tenant_id, next_attempt_at)
    WHERE sink <> '' AND next_attempt_at < 'infinity';

INSERT INTO semel.schema_versions (version, oldest_library) VALUES (13, 12);
