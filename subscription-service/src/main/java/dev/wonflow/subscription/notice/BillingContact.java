package dev.wonflow.subscription.notice;

/** Whom a tenant wants to be written to about its billing. */
public record BillingContact(EmailAddress email, Language language) {}
