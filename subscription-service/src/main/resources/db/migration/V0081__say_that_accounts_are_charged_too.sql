COMMENT ON COLUMN tax_invoice.by_billing_method IS
    'a registered card or account was charged; a card''s slip is the evidence, and of an account the payment tells';
