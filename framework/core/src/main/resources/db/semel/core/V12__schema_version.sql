-- Which version the schema is at, for whoever runs these scripts and by whatever means: a library that needs more, or that the
-- schema has left behind, says so at its start. Of the whole database, so without a tenant.
CREATE TABLE semel.schema_versions (
    version        integer     PRIMARY KEY,
    oldest_library integer     NOT NULL,                         -- the lowest version whose library may still write here
    made_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (oldest_library BETWEEN 1 AND version)
);
GRANT SELECT ON semel.schema_versions TO semel_app, semel_maintenance;

-- Each later script adds its line.
INSERT INTO semel.schema_versions (version, oldest_library) VALUES (12, 12);
