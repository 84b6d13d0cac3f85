package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.card.CardFace;
import dev.wonflow.sandbox.card.Installments;
import dev.wonflow.sandbox.customer.CustomerClocks;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.institution.Bank;
import dev.wonflow.sandbox.instrument.Instrument;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import dev.wonflow.sandbox.merchant.KeyPair;
import dev.wonflow.sandbox.mint.Mint;
import dev.wonflow.sandbox.order.Buyer;
import dev.wonflow.sandbox.order.OrderFormat;
import dev.wonflow.sandbox.session.Choice;
import dev.wonflow.sandbox.session.PaymentType;
import dev.wonflow.sandbox.session.Session;
import dev.wonflow.sandbox.session.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes payments without a payment window: by card number, by billing key, or as a virtual account. An order can be
 * paid like this once; whether the instrument would be declined is for the caller to find out before.
 */
@Component
public class AcceptPayment {

    private final Payments payments;
    private final PaymentChanges changes;
    private final OrderFormat format;
    private final Mint mint;
    private final Instruments instruments;
    private final Assumptions assumptions;
    private final CustomerClocks clocks;

    AcceptPayment(
            Payments payments,
            PaymentChanges changes,
            OrderFormat format,
            Mint mint,
            Instruments instruments,
            Assumptions assumptions,
            CustomerClocks clocks) {
        this.payments = payments;
        this.changes = changes;
        this.format = format;
        this.mint = mint;
        this.instruments = instruments;
        this.assumptions = assumptions;
        this.clocks = clocks;
    }

    /**
     * What is to be paid.
     *
     * @param type a BILLING approval is not announced by webhook
     * @param metadata null if there is none
     * @param windowBase address payment windows are under, for {@code checkout}; the payment key is appended
     */
    public record Request(
            PaymentType type,
            String orderId,
            String orderName,
            long amountMinor,
            long taxFreeMinor,
            long taxExemptionMinor,
            Buyer buyer,
            Terms terms,
            @Nullable Map<String, String> metadata,
            String windowBase) {}

    /**
     * Charges a card: the payment is DONE.
     *
     * @param installmentMonths 0 for one payment
     * @throws Refused if the order was paid for before (DUPLICATED_ORDER_ID), or the request is not one of a payment
     */
    public Payment byCard(KeyPair keys, Request request, CardFace card, int installmentMonths, boolean pointsUsed) {
        Installments.check(request.amountMinor(), installmentMonths);
        return accept(
                keys,
                request,
                PaymentMethod.CARD,
                isToldSecret(request) && assumptions.secretOfCards(),
                _ -> instruments.card(
                        card, installmentMonths, pointsUsed, request.amountMinor(), request.type(), request.terms()));
    }

    /**
     * Charges an account: the payment is DONE.
     *
     * @throws Refused as {@link #byCard}
     */
    public Payment byTransfer(KeyPair keys, Request request, Bank bank) {
        return accept(keys, request, PaymentMethod.TRANSFER, isToldSecret(request), _ -> new Instrument.Transfer(bank));
    }

    /**
     * Issues a virtual account: the payment is WAITING_FOR_DEPOSIT.
     *
     * @param fixed whether the account belongs to the customer for good
     * @throws Refused as {@link #byCard}
     */
    public Payment byVirtualAccount(KeyPair keys, Request request, Bank bank, String customerName, boolean fixed) {
        return accept(
                keys,
                request,
                PaymentMethod.VIRTUAL_ACCOUNT,
                true,
                now -> instruments.account(
                        bank, customerName, fixed, request.terms().depositUntil(now)));
    }

    /** No webhook tells of a charge to a billing key, so there is nothing to recognise by a secret. */
    private boolean isToldSecret(Request request) {
        return request.type() != PaymentType.BILLING || assumptions.secretOfBillingCharges();
    }

    private Payment accept(
            KeyPair keys,
            Request request,
            PaymentMethod method,
            boolean secret,
            Function<Instant, Instrument> instrument) {
        check(request, method);
        Instant now = now(request);
        Payment accepted;
        do {
            Acceptance acceptance = new Acceptance(
                    method == PaymentMethod.VIRTUAL_ACCOUNT ? null : now,
                    mint.transactionKey(method),
                    secret ? mint.secret() : null,
                    instrument.apply(now),
                    0,
                    null);
            accepted = Payment.opened(session(keys, request, method, now), Duration.ZERO)
                    .authenticated(Choice.of(method), now)
                    .accepted(acceptance);
        } while (!payments.addAccepted(accepted));
        changes.changed(accepted);
        return accepted;
    }

    /** Only a charge of a billing key is dated by its customer's time; a buyer at a window has the time of all. */
    private Instant now(Request request) {
        return clocks.now(
                request.type() == PaymentType.BILLING ? request.buyer().customerKey() : null);
    }

    private void check(Request request, PaymentMethod method) {
        format.checkOrder(request.orderId(), request.orderName(), method);
        format.checkAmounts(request.amountMinor(), request.taxFreeMinor(), request.taxExemptionMinor());
        format.checkBuyer(request.buyer());
        format.checkMetadata(request.metadata());
        method.refusalOf(request.amountMinor()).ifPresent(why -> {
            throw new Refused(why);
        });
    }

    private Session session(KeyPair keys, Request request, PaymentMethod method, Instant now) {
        String paymentKey = mint.paymentKey(keys.merchant(), now);
        return new Session(
                paymentKey,
                keys,
                request.type(),
                request.orderId(),
                request.orderName(),
                method,
                request.amountMinor(),
                request.taxFreeMinor(),
                request.taxExemptionMinor(),
                request.buyer(),
                request.terms(),
                null,
                request.metadata(),
                null,
                null,
                request.windowBase() + paymentKey,
                now);
    }
}
