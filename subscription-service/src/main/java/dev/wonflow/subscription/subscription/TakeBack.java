package dev.wonflow.subscription.subscription;

/** What becomes of a subscription whose money went back. */
@FunctionalInterface
public interface TakeBack {

    /** Takes back what the money had paid for, if it had; runs in the transaction of the message that tells of it. */
    void wentBack(MoneyWentBack money);
}
