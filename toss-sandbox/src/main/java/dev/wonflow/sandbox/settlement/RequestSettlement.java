package dev.wonflow.sandbox.settlement;

import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.merchant.Merchant;
import dev.wonflow.sandbox.payment.FindPayment;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentStatus;
import dev.wonflow.sandbox.transaction.Transaction;
import dev.wonflow.sandbox.transaction.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;

/** Has a payment settled on the merchant's word (수동 정산). */
@Component
public class RequestSettlement {

    private final FindPayment findPayment;
    private final Transactions transactions;
    private final RequestedSettlements requests;
    private final SettlementTerms terms;
    private final AccrueSettlements accrueSettlements;
    private final SettlementSettings settings;
    private final Clock clock;

    RequestSettlement(
            FindPayment findPayment,
            Transactions transactions,
            RequestedSettlements requests,
            SettlementTerms terms,
            AccrueSettlements accrueSettlements,
            SettlementSettings settings,
            Clock clock) {
        this.findPayment = findPayment;
        this.transactions = transactions;
        this.requests = requests;
        this.terms = terms;
        this.accrueSettlements = accrueSettlements;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Settles a payment as a sale of today.
     *
     * @throws Refused without the contract for it, without such a payment, or when it brought no money or was asked for
     *     before
     */
    public void request(Merchant merchant, String paymentKey) {
        if (!settings.manual()) {
            throw new Refused(TossError.FORBIDDEN_REQUEST);
        }
        Payment payment = findPayment.byKey(merchant, paymentKey);
        if (payment.method() == null) {
            throw new Refused(TossError.NOT_FOUND_METHOD);
        }
        // PayPal settles by itself.
        if (payment.session().overseas() != null
                || (payment.status() != PaymentStatus.DONE && payment.status() != PaymentStatus.PARTIAL_CANCELED)) {
            throw new Refused(TossError.FORBIDDEN_REQUEST);
        }
        Instant now = clock.instant();
        LocalDate today = SandboxClock.dayOf(now);
        List<Transaction> past = transactions
                .between(merchant.mId(), payment.session().requestedAt(), now.plusNanos(1))
                .filter(transaction -> transaction.paymentKey().equals(paymentKey))
                .toList();
        List<String> keys = past.stream().map(Transaction::transactionKey).toList();
        if (!requests.add(new RequestedSettlements.Requested(merchant.mId(), paymentKey, today, keys))) {
            throw new Refused(TossError.FORBIDDEN_REQUEST);
        }
        if (settings.enabled()) {
            past.stream()
                    .filter(transaction -> transaction.effectWon() != 0)
                    .forEach(transaction -> accrueSettlements.accrue(terms.settlementOf(transaction, today)));
        }
    }
}
