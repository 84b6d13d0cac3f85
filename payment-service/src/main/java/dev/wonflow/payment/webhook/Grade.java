package dev.wonflow.payment.webhook;

/** How far a webhook can be believed. No grade moves money; only Toss's own answer does. */
public enum Grade {
    /** Carried a valid signature. */
    SIGNED,
    /** Carried the secret Toss gave us for the payment. */
    SECRET_MATCHED,
    /** Toss, asked back, said the same. */
    FETCHED_BACK,
    UNVERIFIED;

    /** Whether nobody but Toss can have sent it, so that it is worth a question before others. */
    boolean isVouched() {
        return switch (this) {
            case SIGNED, SECRET_MATCHED -> true;
            case FETCHED_BACK, UNVERIFIED -> false;
        };
    }
}
