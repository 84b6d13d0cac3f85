package dev.wonflow.sandbox.payment.web;

import dev.wonflow.sandbox.exchange.OrderLookup;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.Payments;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Looks the order of a payment up in the books. */
@Component
class OrdersOfPayments implements OrderLookup {

    private final Payments payments;

    OrdersOfPayments(Payments payments) {
        this.payments = payments;
    }

    @Override
    public Optional<String> orderIdOf(String key) {
        return payments.find(key).map(Payment::orderId);
    }
}
