package dev.wonflow.subscription.subscription;

/** Why a subscription changed, as others are told; its name is in messages. */
public enum ChangeReason {
    CREATED,
    TRIAL_STARTED,
    IMPORTED,
    PLAN_CHANGED,
    QUANTITY_CHANGED,
    CHANGE_SCHEDULED,
    CHANGE_DROPPED,
    PAYMENT_FAILED,
    RESTRICTED,
    SUSPENDED,
    PAUSE_SCHEDULED,
    PAUSED,
    RESUMED,
    CANCEL_SCHEDULED,
    CANCEL_UNDONE,
    CANCELED,
    REACTIVATED,
    EXPIRED,
    METHOD_CHANGED,
    MONEY_WENT_BACK,
    PARKED,
    RELEASED
}
