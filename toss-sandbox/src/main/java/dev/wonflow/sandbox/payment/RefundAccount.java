package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.institution.Bank;

/**
 * An account a refund goes to.
 *
 * @param accountNumber digits only, at most 20
 * @param holderName at most 60 characters
 */
public record RefundAccount(Bank bank, String accountNumber, String holderName) {}
