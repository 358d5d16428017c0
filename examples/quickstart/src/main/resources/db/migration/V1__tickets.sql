CREATE TABLE tickets (
    tenant_id text NOT NULL,
    id        uuid NOT NULL,
    show      text NOT NULL,
    seat      text NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, show, seat)
);
ALTER TABLE tickets ENABLE ROW LEVEL SECURITY;
ALTER TABLE tickets FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tickets USING (tenant_id = current_setting('semel.tenant', true));
GRANT SELECT, INSERT ON tickets TO semel_app;
