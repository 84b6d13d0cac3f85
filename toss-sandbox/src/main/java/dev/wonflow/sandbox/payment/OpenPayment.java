package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import dev.wonflow.sandbox.merchant.KeyPair;
import dev.wonflow.sandbox.merchant.ReturnAddress;
import dev.wonflow.sandbox.mint.Mint;
import dev.wonflow.sandbox.order.Buyer;
import dev.wonflow.sandbox.order.OrderFormat;
import dev.wonflow.sandbox.session.Overseas;
import dev.wonflow.sandbox.session.PaymentType;
import dev.wonflow.sandbox.session.Session;
import dev.wonflow.sandbox.session.Terms;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Opens a payment: from here the buyer has 30 minutes to authenticate. */
@Component
public class OpenPayment {

    private final Payments payments;
    private final ExpirePayments expirePayments;
    private final OrderFormat format;
    private final Mint mint;
    private final PaymentSettings settings;
    private final Clock clock;

    OpenPayment(
            Payments payments,
            ExpirePayments expirePayments,
            OrderFormat format,
            Mint mint,
            PaymentSettings settings,
            Clock clock) {
        this.payments = payments;
        this.expirePayments = expirePayments;
        this.format = format;
        this.mint = mint;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What the merchant asks for, through the server API or in the browser; amounts are in the minor unit of the
     * currency of the payment.
     *
     * @param overseas there if the method is overseas easy pay, and only then
     * @param metadata null if there is none
     * @param windowBase address the payment window is under; the payment key is appended
     */
    public record Request(
            String orderId,
            String orderName,
            PaymentMethod method,
            long amountMinor,
            long taxFreeMinor,
            long taxExemptionMinor,
            Buyer buyer,
            Terms terms,
            @Nullable Overseas overseas,
            @Nullable Map<String, String> metadata,
            String successUrl,
            String failUrl,
            String windowBase) {}

    /**
     * Opens a payment in state READY.
     *
     * @param keys pair the merchant opens it with; found by client key or secret key alike
     * @throws Refused if Toss would refuse the request
     */
    public Payment open(KeyPair keys, Request request) {
        check(request);
        Instant now = clock.instant();
        Payment payment;
        do {
            payment = Payment.opened(session(keys, request, now), settings.authenticateWithin());
        } while (!payments.add(payment));
        expirePayments.watch(payment);
        return payment;
    }

    private Session session(KeyPair keys, Request request, Instant now) {
        String paymentKey = mint.paymentKey(keys.merchant(), now);
        return new Session(
                paymentKey,
                keys,
                PaymentType.NORMAL,
                request.orderId(),
                request.orderName(),
                request.method(),
                request.amountMinor(),
                request.taxFreeMinor(),
                request.taxExemptionMinor(),
                request.buyer(),
                request.terms(),
                request.overseas(),
                request.metadata(),
                request.successUrl(),
                request.failUrl(),
                request.windowBase() + paymentKey,
                now);
    }

    private void check(Request request) {
        format.checkOrder(request.orderId(), request.orderName());
        format.checkAmounts(request.amountMinor(), request.taxFreeMinor(), request.taxExemptionMinor());
        if ((request.overseas() != null) != (request.method() == PaymentMethod.FOREIGN_EASY_PAY)) {
            throw new Refused(TossError.NOT_SUPPORTED_METHOD);
        }
        if (request.amountMinor() < request.method().smallestMinor()) {
            throw new Refused(TossError.BELOW_MINIMUM_AMOUNT);
        }
        format.checkBuyer(request.buyer());
        format.checkMetadata(request.metadata());
        if (!ReturnAddress.isWebAddress(request.successUrl())) {
            throw new Refused(TossError.INCORRECT_SUCCESS_URL_FORMAT);
        }
        if (!ReturnAddress.isWebAddress(request.failUrl())) {
            throw new Refused(TossError.INCORRECT_FAIL_URL_FORMAT);
        }
    }
}
