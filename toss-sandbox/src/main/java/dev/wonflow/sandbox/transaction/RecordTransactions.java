package dev.wonflow.sandbox.transaction;

import dev.wonflow.sandbox.payment.Acceptance;
import dev.wonflow.sandbox.payment.Instrument;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentChanges;
import dev.wonflow.sandbox.payment.PaymentStatus;
import dev.wonflow.sandbox.transaction.Transaction.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Writes down what a payment went through. A payment tells of its whole past each time it changes; what the book knows
 * already stays as it is. Comes before the webhooks, so that who hears of a change finds it listed.
 */
@Component
@Order(0)
class RecordTransactions implements PaymentChanges {

    private final Transactions transactions;
    private final List<TransactionsRecorded> listeners;
    private final Clock clock;

    RecordTransactions(Transactions transactions, List<TransactionsRecorded> listeners, Clock clock) {
        this.transactions = transactions;
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
    }

    @Override
    public void changed(Payment payment) {
        Acceptance acceptance = payment.acceptance();
        if (acceptance == null) {
            return;
        }
        for (Transaction transaction : pastOf(payment, acceptance)) {
            if (transactions.add(transaction)) {
                listeners.forEach(listener -> listener.recorded(transaction));
            }
        }
    }

    private List<Transaction> pastOf(Payment payment, Acceptance acceptance) {
        List<Transaction> past = new ArrayList<>();
        Instant approvedAt = acceptance.approvedAt();
        if (approvedAt != null) {
            past.add(transaction(payment, acceptance, Kind.APPROVAL, PaymentStatus.DONE, approvedAt));
        } else if (acceptance.instrument() instanceof Instrument.VirtualAccount) {
            Kind kind = transactions.isPaidInto(payment.paymentKey()) ? Kind.REVERSAL : Kind.ISSUE;
            past.add(transaction(payment, acceptance, kind, PaymentStatus.WAITING_FOR_DEPOSIT, clock.instant()));
        }
        return past;
    }

    private static Transaction transaction(
            Payment payment, Acceptance acceptance, Kind kind, PaymentStatus status, Instant at) {
        return new Transaction(
                payment.session().openedWith().merchant().mId(),
                acceptance.transactionKey(),
                payment.paymentKey(),
                payment.orderId(),
                payment.method() == null ? payment.session().method() : payment.method(),
                null,
                false,
                kind,
                status,
                at,
                kind == Kind.ISSUE ? 0 : payment.amounts().totalWon(),
                acceptance.approvedAt());
    }
}
