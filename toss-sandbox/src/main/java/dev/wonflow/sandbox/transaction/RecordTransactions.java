package dev.wonflow.sandbox.transaction;

import dev.wonflow.sandbox.card.InterestPayer;
import dev.wonflow.sandbox.instrument.Instrument;
import dev.wonflow.sandbox.payment.Acceptance;
import dev.wonflow.sandbox.payment.Cancel;
import dev.wonflow.sandbox.payment.CancelStatus;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentChanges;
import dev.wonflow.sandbox.payment.PaymentStatus;
import dev.wonflow.sandbox.transaction.Transaction.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
        past.add(accepted(payment, acceptance));
        for (Cancel cancel : payment.cancels()) {
            if (cancel.status() != CancelStatus.DONE) {
                continue;
            }
            // A whole cancel is the only one a payment has.
            PaymentStatus status = payment.status() == PaymentStatus.CANCELED
                    ? PaymentStatus.CANCELED
                    : PaymentStatus.PARTIAL_CANCELED;
            past.add(transaction(
                    payment,
                    acceptance,
                    Kind.CANCEL,
                    status,
                    cancel.transactionKey(),
                    cancel.canceledAt(),
                    cancel.amountMinor()));
        }
        return past;
    }

    private Transaction accepted(Payment payment, Acceptance acceptance) {
        String key = acceptance.transactionKey();
        Instant approvedAt = acceptance.approvedAt();
        long totalMinor = payment.amounts().totalMinor();
        if (approvedAt != null) {
            return transaction(payment, acceptance, Kind.APPROVAL, PaymentStatus.DONE, key, approvedAt, totalMinor);
        }
        if (transactions.isPaidInto(payment.paymentKey())) {
            // The bank took the deposit back: the account waits for another, or that was the end of it.
            return transaction(payment, acceptance, Kind.REVERSAL, payment.status(), key, clock.instant(), totalMinor);
        }
        return transaction(payment, acceptance, Kind.ISSUE, PaymentStatus.WAITING_FOR_DEPOSIT, key, clock.instant(), 0);
    }

    private static Transaction transaction(
            Payment payment,
            Acceptance acceptance,
            Kind kind,
            PaymentStatus status,
            String transactionKey,
            Instant at,
            long amountMinor) {
        return new Transaction(
                payment.session().openedWith().merchant().mId(),
                transactionKey,
                payment.paymentKey(),
                payment.orderId(),
                payment.method() == null ? payment.session().method() : payment.method(),
                payment.session().buyer().customerKey(),
                payment.session().terms().useEscrow(),
                kind,
                status,
                at,
                amountMinor,
                interestMonths(acceptance.instrument().card()),
                acceptance.approvedAt(),
                payment.session().currency());
    }

    private static int interestMonths(Instrument.@Nullable Card card) {
        return card != null && card.interestPayer() == InterestPayer.MERCHANT ? card.installmentMonths() : 0;
    }
}
