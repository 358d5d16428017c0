-- How often each operation was executed, by tenant and day (UTC); fed by the events of committed writes, each counted once.
CREATE TABLE semel.daily_usage (
    tenant_id      text   NOT NULL,
    day            date   NOT NULL,
    operation_type text   NOT NULL,
    count          bigint NOT NULL,
    PRIMARY KEY (tenant_id, day, operation_type)
);

ALTER TABLE semel.daily_usage ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel.daily_usage FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel.daily_usage USING (tenant_id = current_setting('semel.tenant', true));

GRANT SELECT, INSERT, UPDATE ON semel.daily_usage TO semel_app;
