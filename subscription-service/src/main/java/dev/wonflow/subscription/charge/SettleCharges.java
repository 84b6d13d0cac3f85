package dev.wonflow.subscription.charge;

import dev.wonflow.runtime.CrashPoint;
import dev.wonflow.subscription.charge.ChargeAttempts.Answered;
import dev.wonflow.subscription.invoice.InvoiceId;
import dev.wonflow.subscription.invoice.InvoicePayment;
import dev.wonflow.subscription.invoice.SettleInvoices;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Takes in what became of charges, those of a poll together: so many statements for all of them as for one. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class SettleCharges {

    private final ChargeAttempts attempts;
    private final SettleInvoices settleInvoices;
    private final List<ChargeListener> listeners;
    private final Clock clock;

    SettleCharges(ChargeAttempts attempts, SettleInvoices settleInvoices, List<ChargeListener> listeners, Clock clock) {
        this.attempts = attempts;
        this.settleInvoices = settleInvoices;
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
    }

    /**
     * Stores results in their order; of several about one charge the last one counts.
     *
     * @param results of charges of ours, and of others, which are passed over
     */
    public void settle(List<ChargeResult> results) {
        SequencedMap<ChargeId, ChargeResult> last = new LinkedHashMap<>();
        results.forEach(result -> last.put(result.charge(), result));
        List<Answered> answered = attempts.answer(last.values(), clock.instant());
        answered.forEach(one -> last.remove(one.result().charge()));
        reportMoneyAfterAll(last.values());
        List<SettleInvoices.Paid> paid = new ArrayList<>();
        List<SettleInvoices.Failed> declined = new ArrayList<>();
        for (Answered one : answered) {
            switch (one.result()) {
                case ChargeResult.Paid money -> paid.add(paid(one.invoice(), money));
                case ChargeResult.Failed failed -> declined.add(new SettleInvoices.Failed(one.invoice(), failed.at()));
                case ChargeResult.Unknown _ -> {} // It goes on, and nothing may follow from it.
            }
        }
        if (!paid.isEmpty()) {
            settleInvoices.paid(paid);
        }
        if (!declined.isEmpty()) {
            settleInvoices.failed(declined);
        }
        CrashPoint.hit("charges.settling");
        if (!answered.isEmpty()) {
            tell(answered.size(), declined.size());
        }
    }

    /** A charge that failed for certain takes no money. Should one have all the same, nobody may overlook it. */
    private void reportMoneyAfterAll(Collection<ChargeResult> notStored) {
        Map<ChargeId, ChargeResult.Paid> money = new LinkedHashMap<>();
        notStored.forEach(result -> {
            if (result instanceof ChargeResult.Paid paid) {
                money.put(paid.charge(), paid);
            }
        });
        if (!money.isEmpty()) {
            settleInvoices.paidAfterAll(attempts.failed(money.keySet()).entrySet().stream()
                    .map(one -> paid(one.getValue(), Objects.requireNonNull(money.get(one.getKey()))))
                    .toList());
        }
    }

    private static SettleInvoices.Paid paid(InvoiceId invoice, ChargeResult.Paid money) {
        return new SettleInvoices.Paid(
                invoice, new InvoicePayment(money.paymentId(), money.orderId(), money.livemode()), money.at());
    }

    private void tell(int answered, int failed) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

            @Override
            public void afterCommit() {
                CrashPoint.hit("charges.settled");
                listeners.forEach(listener -> listener.answered(answered, failed));
            }
        });
    }
}
