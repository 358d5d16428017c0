-- Semel books: settings of the company. A tenant without a row has the defaults, as version 0.

CREATE TABLE semel_books.company_settings (
    tenant_id     text        NOT NULL,
    version       bigint      NOT NULL DEFAULT 0 CHECK (version >= 0),
    legal_name    text        CHECK (char_length(legal_name) BETWEEN 1 AND 200),
    base_currency text        NOT NULL DEFAULT 'EUR' CHECK (base_currency ~ '^[A-Z]{3}$'),
    timezone      text        NOT NULL DEFAULT 'UTC' CHECK (char_length(timezone) BETWEEN 1 AND 64),
    updated_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id)
);

ALTER TABLE semel_books.company_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE semel_books.company_settings FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON semel_books.company_settings
    USING (tenant_id = current_setting('semel.tenant', true))
    WITH CHECK (tenant_id = current_setting('semel.tenant', true));

GRANT SELECT, INSERT, UPDATE (version, legal_name, base_currency, timezone, updated_at)
    ON semel_books.company_settings TO semel_app;
