package dev.wonflow.payment.reconciliation;

/** How two books can disagree. Stored by name, so a renamed constant needs a migration. */
public enum Difference {
    /** Toss took money for an order we do not have. */
    PAYMENT_UNKNOWN(Correction.INVESTIGATE),
    /** Toss took money that is not in the ledger. */
    CAPTURE_NOT_BOOKED(Correction.ADOPT),
    /** The ledger has money that Toss does not list. */
    CAPTURE_NOT_AT_TOSS(Correction.INVESTIGATE),
    /** Toss took another sum than the ledger says. */
    AMOUNT_DIFFERS(Correction.INVESTIGATE),
    /** Toss holds money of the buyer's under another paymentKey besides. */
    SECOND_CAPTURE(Correction.REFUND),
    /** Money went back without us, such as from Toss's console, or its news was lost. */
    REFUND_NOT_BOOKED(Correction.ADOPT),
    /** The ledger says that money went back, and Toss does not. */
    REFUND_NOT_AT_TOSS(Correction.ASK_AGAIN),
    /** A transaction is old enough to be settled and is not. */
    NOT_SETTLED(Correction.CLAIM),
    SETTLED_TWICE(Correction.CLAIM),
    /** The settlement is about another sum, or the other way round. */
    SETTLED_OTHERWISE(Correction.CLAIM),
    /** Toss settles a transaction it does not list. */
    SETTLED_WITHOUT_TRANSACTION(Correction.CLAIM),
    /** The fee is not the contract's. */
    FEE_DIFFERS(Correction.CLAIM),
    /** Amount, fees and payout of the settlement do not add up. */
    PAYOUT_DIFFERS(Correction.CLAIM);

    private final Correction suggestion;

    Difference(Correction suggestion) {
        this.suggestion = suggestion;
    }

    public Correction suggestion() {
        return suggestion;
    }

    /** Whether it is about what the payment's money went through, and not about another's or a settlement. */
    boolean isOfMoney() {
        return switch (this) {
            case CAPTURE_NOT_BOOKED, CAPTURE_NOT_AT_TOSS, AMOUNT_DIFFERS, REFUND_NOT_BOOKED, REFUND_NOT_AT_TOSS -> true;
            case PAYMENT_UNKNOWN,
                    SECOND_CAPTURE,
                    NOT_SETTLED,
                    SETTLED_TWICE,
                    SETTLED_OTHERWISE,
                    SETTLED_WITHOUT_TRANSACTION,
                    FEE_DIFFERS,
                    PAYOUT_DIFFERS -> false;
        };
    }

    /** What can be done about it. */
    public enum Correction {
        /** Take in what Toss says: a status check does it. */
        ADOPT,
        /** Give the money back at Toss. */
        REFUND,
        /** Ask Toss about the refund; it may be late, or never have been done. */
        ASK_AGAIN,
        /** Claim the difference from Toss, and post it to suspense until it is settled. */
        CLAIM,
        /** A person has to find out. */
        INVESTIGATE
    }
}
