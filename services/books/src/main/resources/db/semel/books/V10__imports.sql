-- What one import brought, and what is known by a reference whatever account it names.

CREATE INDEX bank_transactions_by_import ON semel_books.bank_transactions (tenant_id, import_id, created_at, id);
CREATE INDEX bank_transactions_by_reference ON semel_books.bank_transactions (tenant_id, reference);
