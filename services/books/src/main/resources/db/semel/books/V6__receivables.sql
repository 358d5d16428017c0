-- What statements, aged receivables and filtered lists look up: a customer's invoices, an invoice's payments, what was posted
-- for a row.

CREATE INDEX invoices_by_customer ON semel_books.invoices (tenant_id, customer_id, number);
CREATE INDEX payments_by_invoice ON semel_books.payments (tenant_id, invoice_id, created_at, id);
CREATE INDEX journal_entries_by_source ON semel_books.journal_entries (tenant_id, source_id, created_at, id);
