package dev.wonflow.sandbox.billing;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.customer.CustomerClocks;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.merchant.KeyPair;
import dev.wonflow.sandbox.payment.AcceptPayment;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.Payments;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Charges a billing key (자동결제 승인). What is refused leaves no payment behind. */
@Component
public class ChargeBillingKey {

    private final BillingKeys billingKeys;
    private final Payments payments;
    private final AcceptPayment acceptPayment;
    private final Assumptions assumptions;
    private final CustomerClocks clocks;

    ChargeBillingKey(
            BillingKeys billingKeys,
            Payments payments,
            AcceptPayment acceptPayment,
            Assumptions assumptions,
            CustomerClocks clocks) {
        this.billingKeys = billingKeys;
        this.payments = payments;
        this.acceptPayment = acceptPayment;
        this.assumptions = assumptions;
        this.clocks = clocks;
    }

    /**
     * Charges a key: the payment is DONE, and nobody is told but the caller.
     *
     * @param customerKey has to be the one the key was issued for
     * @param installmentMonths 0 for one payment; of no meaning for an account
     * @throws Refused if Toss would refuse
     */
    public Payment charge(
            KeyPair keys, String billingKey, String customerKey, AcceptPayment.Request request, int installmentMonths) {
        CustomerKeys.check(customerKey);
        // A deletion that was answered comes before or after the whole charge, never in between.
        return billingKeys.during(billingKey, found -> {
            BillingKey key = checked(found, keys, customerKey);
            refuseSecond(keys, request.orderId());
            return accept(keys, key, request, installmentMonths);
        });
    }

    private BillingKey checked(Optional<BillingKey> found, KeyPair keys, String customerKey) {
        BillingKey key = found.filter(
                        known -> known.mId().equals(keys.merchant().mId()))
                .orElseThrow(() -> new Refused(assumptions.chargeOfUnknownBillingKey()));
        if (key.isDeleted()) {
            throw new Refused(TossError.ALREADY_REMOVED_BILLING_KEY);
        }
        if (!key.customerKey().equals(customerKey)) {
            throw new Refused(TossError.NOT_MATCHES_CUSTOMER_KEY);
        }
        return key;
    }

    /** Looked at before the card: an order that is paid is never told that its card was declined. */
    private void refuseSecond(KeyPair keys, String orderId) {
        if (payments.ofOrder(keys.merchant().mId(), orderId).stream().anyMatch(other -> other.acceptance() != null)) {
            throw new Refused(TossError.DUPLICATED_ORDER_ID);
        }
    }

    private Payment accept(KeyPair keys, BillingKey key, AcceptPayment.Request request, int installmentMonths) {
        BillingCard card = key.card();
        BillingAccount account = key.account();
        if (card != null) {
            refuse(card, clocks.now(key.customerKey()));
            return acceptPayment.byCard(keys, request, card.face(), installmentMonths, false);
        }
        if (account != null) {
            return acceptPayment.byTransfer(keys, request, account.bank());
        }
        throw new IllegalStateException("billing key: neither card nor account (expected: one of them)");
    }

    private static void refuse(BillingCard card, Instant now) {
        if (card.isExpired(now)) {
            throw new Refused(TossError.INVALID_CARD_EXPIRATION);
        }
        if (card.refusal() != null) {
            throw new Refused(card.refusal());
        }
    }
}
