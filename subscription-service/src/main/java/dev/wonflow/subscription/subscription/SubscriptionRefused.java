package dev.wonflow.subscription.subscription;

/** A request that makes sense, and cannot be followed as things are. */
public final class SubscriptionRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Reason {
        /** The tenant has a subscription to the product already. */
        EXISTS,
        /** The subscription is in no state for this. */
        NOT_POSSIBLE,
        /** It is not known yet whether an invoice was paid, or one was not. */
        PAYMENT_OUTSTANDING,
        /** Something would be charged, and there is nothing to charge. */
        METHOD_MISSING,
        /** The billing method is none of the tenant, or was removed. */
        METHOD_UNKNOWN,
        /** The plan is not on sale. */
        PLAN_NOT_ON_SALE,
        /** The plan is one of another product. */
        ANOTHER_PRODUCT,
        /** Another part of the plan is free of VAT than of the one it is to take the place of within a period. */
        TAXED_OTHERWISE,
        /** The plan has not so many seats. */
        QUANTITY,
        /** The coupon is not known, used up, over, or not for this. */
        COUPON
    }

    private final Reason reason;

    public SubscriptionRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
