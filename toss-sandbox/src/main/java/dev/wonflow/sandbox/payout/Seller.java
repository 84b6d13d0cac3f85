package dev.wonflow.sandbox.payout;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A seller of a marketplace. Immutable: each step answers the seller after it.
 *
 * @param refSellerId the merchant's own id; never used again, not even after a deletion
 * @param company there for every business
 * @param individual there for every person without one
 * @param nextAt when the next step comes by itself; null if none does
 * @param deleted whether it is there only so that its ids are not given out again
 */
public record Seller(
        String id,
        String mId,
        String refSellerId,
        BusinessType businessType,
        @Nullable Company company,
        @Nullable Individual individual,
        Account account,
        SellerStatus status,
        @Nullable Map<String, String> metadata,
        @Nullable Instant nextAt,
        boolean deleted) {

    /** What kind of seller it is. */
    public enum BusinessType {
        INDIVIDUAL,
        INDIVIDUAL_BUSINESS,
        CORPORATE
    }

    /** A business. */
    public record Company(
            String name, String representativeName, String businessRegistrationNumber, String email, String phone) {}

    /** A person. */
    public record Individual(String name, String email, String phone) {}

    /**
     * Where the money goes.
     *
     * @param bankCode three digits, unlike those of payments
     * @param accountNumber masked; the number itself is not kept
     */
    public record Account(String bankCode, String accountNumber, String holderName) {

        private static final int SHOWN_AT_FIRST = 3;
        private static final int SHOWN_AT_LAST = 5;

        /** Hides all but the first three and the last five digits, and all of a number that has no more. */
        static Account masked(String bankCode, String accountNumber, String holderName) {
            int length = accountNumber.length();
            int hidden = length - SHOWN_AT_FIRST - SHOWN_AT_LAST;
            String shown = hidden > 0
                    ? accountNumber.substring(0, SHOWN_AT_FIRST)
                            + "*".repeat(hidden)
                            + accountNumber.substring(length - SHOWN_AT_LAST)
                    : "*".repeat(length);
            return new Account(bankCode, shown, holderName);
        }
    }

    Seller moved(SellerStatus to, @Nullable Instant nextStepAt) {
        if (!status.next().contains(to)) {
            throw new IllegalStep("seller " + id, status, to, status.next());
        }
        return new Seller(
                id, mId, refSellerId, businessType, company, individual, account, to, metadata, nextStepAt, deleted);
    }

    Seller changed(
            @Nullable Company newCompany,
            @Nullable Individual newIndividual,
            Account newAccount,
            @Nullable Map<String, String> newMetadata) {
        return new Seller(
                id,
                mId,
                refSellerId,
                businessType,
                newCompany,
                newIndividual,
                newAccount,
                status,
                newMetadata,
                nextAt,
                deleted);
    }

    Seller removed() {
        return new Seller(
                id, mId, refSellerId, businessType, company, individual, account, status, metadata, null, true);
    }
}
