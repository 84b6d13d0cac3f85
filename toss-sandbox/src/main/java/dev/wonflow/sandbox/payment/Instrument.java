package dev.wonflow.sandbox.payment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a payment is paid with. */
public sealed interface Instrument {

    /**
     * A card.
     *
     * @param issuerCode two characters, as of 2022-11-16
     * @param number masked
     * @param approveNo eight digits, with leading zeros
     */
    record Card(String issuerCode, String acquirerCode, String number, String approveNo) implements Instrument {}

    /**
     * A virtual account.
     *
     * @param accountNumber begins with X, as every test account does
     * @param bankCode two digits
     * @param depositorName who paid in; null until somebody did
     * @param dueAt until when the bank takes a deposit
     */
    record VirtualAccount(
            String accountNumber,
            String bankCode,
            String customerName,
            @Nullable String depositorName,
            Instant dueAt) implements Instrument {

        VirtualAccount paidInBy(String depositor) {
            return new VirtualAccount(accountNumber, bankCode, customerName, depositor, dueAt);
        }

        /** Whether the bank refuses deposits. Nothing else changes when it starts to, and nobody is told. */
        public boolean isExpired(Instant now) {
            return depositorName == null && now.isAfter(dueAt);
        }
    }
}
