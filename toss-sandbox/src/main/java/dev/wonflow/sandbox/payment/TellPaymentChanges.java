package dev.wonflow.sandbox.payment;

import java.util.List;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

/** Passes a change of a payment on to everybody who is to be told, in their order. */
@Component
@Primary
class TellPaymentChanges implements PaymentChanges {

    private final List<PaymentChanges> listeners;

    TellPaymentChanges(List<PaymentChanges> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void changed(Payment payment) {
        listeners.forEach(listener -> listener.changed(payment));
    }
}
