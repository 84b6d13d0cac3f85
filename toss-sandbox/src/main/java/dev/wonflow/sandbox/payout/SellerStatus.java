package dev.wonflow.sandbox.payout;

import java.util.EnumSet;
import java.util.Set;

/** How far Toss trusts a seller. */
public enum SellerStatus {
    /** A person who has not proved who they are; nothing can be paid to them. */
    APPROVAL_REQUIRED,
    /** Less than ten million won a week can be paid to them. */
    PARTIALLY_APPROVED,
    /** More was asked for; nothing can be paid to them until they are examined (KYC). */
    KYC_REQUIRED,
    /** Any amount can be paid to them. */
    APPROVED;

    /** Every legal step; an examination has to be repeated after some years. */
    Set<SellerStatus> next() {
        return switch (this) {
            case APPROVAL_REQUIRED -> EnumSet.of(PARTIALLY_APPROVED);
            case PARTIALLY_APPROVED -> EnumSet.of(KYC_REQUIRED);
            case KYC_REQUIRED -> EnumSet.of(APPROVED);
            case APPROVED -> EnumSet.of(KYC_REQUIRED);
        };
    }

    /** Whether money can be paid to such a seller. */
    boolean canBePaid() {
        return this == PARTIALLY_APPROVED || this == APPROVED;
    }
}
