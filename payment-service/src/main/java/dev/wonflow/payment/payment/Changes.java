package dev.wonflow.payment.payment;

import org.springframework.stereotype.Service;

/** Stores a step together with the event that tells of it; in the caller's transaction. */
@Service
class Changes {

    private final Payments payments;
    private final PaymentEvents events;

    Changes(Payments payments, PaymentEvents events) {
        this.payments = payments;
        this.events = events;
    }

    Payment save(Payment.Change change) {
        Payment stored = payments.save(change.payment());
        events.publish(stored, change.event());
        return stored;
    }
}
