package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.state.Kept;
import java.util.List;
import org.springframework.stereotype.Component;

/** The payments as part of the state that is kept. */
@Component
class KeptPayments implements Kept<KeptPayments.Books> {

    private final Payments payments;
    private final ExpirePayments expirePayments;
    private final FinishCancels finishCancels;

    KeptPayments(Payments payments, ExpirePayments expirePayments, FinishCancels finishCancels) {
        this.payments = payments;
        this.expirePayments = expirePayments;
        this.finishCancels = finishCancels;
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
        books.payments().stream()
                .filter(payment -> payment.status().canExpire())
                .forEach(expirePayments::watch);
        books.payments().forEach(finishCancels::watch);
    }
}
