package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.state.Kept;
import java.util.List;
import org.springframework.stereotype.Component;

/** The payments as part of the state that is kept. */
@Component
class KeptPayments implements Kept<KeptPayments.Books> {

    private final Payments payments;
    private final List<PaymentWatch> watches;

    KeptPayments(Payments payments, List<PaymentWatch> watches) {
        this.payments = payments;
        this.watches = List.copyOf(watches);
    }

    /** All payments, oldest first. */
    record Books(List<Payment> payments) {}

    @Override
    public String stateName() {
        return "payments";
    }

    @Override
    public Class<Books> stateType() {
        return Books.class;
    }

    @Override
    public Books state() {
        return new Books(payments.copy());
    }

    /** Replaces all payments, and sets their deadlines and what they wait for again. */
    @Override
    public void restore(Books books) {
        payments.replace(books.payments());
        watches.forEach(watch -> books.payments().forEach(watch::watch));
    }
}
