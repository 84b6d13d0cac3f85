-- What a tenant owes or owed, the newest first.
CREATE INDEX dunning_case_tenant_id ON dunning_case (tenant_id, opened_at DESC, invoice_id);

-- What was taken away from a tax invoice, and those that are to be issued: nearly all others are of registered cards.
CREATE INDEX tax_invoice_amended ON tax_invoice (invoice_id) WHERE amended;
CREATE INDEX tax_invoice_to_issue ON tax_invoice (written_on, id) WHERE NOT by_billing_method;
DROP INDEX tax_invoice_written_on;

-- The newest entries first; their ids do not tell, since who gives credit makes them up.
CREATE INDEX credit_entry_newest ON credit_entry (tenant_id, product, entered_at DESC, id DESC);
DROP INDEX credit_entry_tenant_id;
