package dev.wonflow.sandbox.cancel;

import dev.wonflow.sandbox.payment.Cancel;
import dev.wonflow.sandbox.payment.Payment;

/** Who is told of a cancel that took its time. */
public interface CancelFinished {

    /** Takes note of a cancel that is DONE or ABORTED now. Called once for each, after it can be seen by others. */
    void finished(Payment payment, Cancel cancel);
}
