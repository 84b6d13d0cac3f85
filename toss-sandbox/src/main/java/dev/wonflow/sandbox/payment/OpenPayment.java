package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.merchant.KeyPair;
import java.time.Clock;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Opens a payment: from here the buyer has 30 minutes to authenticate. */
@Component
public class OpenPayment {

    /** The reference of the server names no {@code =}; that of the browser SDK and the error text do. */
    private static final Pattern ORDER_ID = Pattern.compile("[A-Za-z0-9_=-]{6,64}");

    private static final int LONGEST_ORDER_NAME = 100;

    private final Payments payments;
    private final ExpirePayments expirePayments;
    private final Mint mint;
    private final PaymentSettings settings;
    private final Clock clock;

    OpenPayment(Payments payments, ExpirePayments expirePayments, Mint mint, PaymentSettings settings, Clock clock) {
        this.payments = payments;
        this.expirePayments = expirePayments;
        this.mint = mint;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What the merchant asks for.
     *
     * @param windowBase address the payment window is under; the payment key is appended
     */
    public record Request(
            String orderId,
            String orderName,
            PaymentMethod method,
            long amountWon,
            long taxFreeWon,
            @Nullable String customerName,
            String successUrl,
            String failUrl,
            String windowBase) {}

    /**
     * Opens a payment in state READY.
     *
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
                request.orderId(),
                request.orderName(),
                request.method(),
                request.amountWon(),
                request.taxFreeWon(),
                request.customerName(),
                request.successUrl(),
                request.failUrl(),
                request.windowBase() + paymentKey,
                now);
    }

    private static void check(Request request) {
        if (!ORDER_ID.matcher(request.orderId()).matches()) {
            throw new Refused(TossError.INVALID_ORDER_ID);
        }
        if (request.orderName().isEmpty() || request.orderName().length() > LONGEST_ORDER_NAME) {
            throw new Refused(TossError.INVALID_ORDER_NAME);
        }
        if (request.amountWon() <= 0) {
            throw new Refused(TossError.BELOW_ZERO_AMOUNT);
        }
        if (request.amountWon() < request.method().smallestWon()) {
            throw new Refused(TossError.BELOW_MINIMUM_AMOUNT);
        }
        if (request.taxFreeWon() < 0 || request.taxFreeWon() > request.amountWon()) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        if (!Redirect.isWebAddress(request.successUrl())) {
            throw new Refused(TossError.INCORRECT_SUCCESS_URL_FORMAT);
        }
        if (!Redirect.isWebAddress(request.failUrl())) {
            throw new Refused(TossError.INCORRECT_FAIL_URL_FORMAT);
        }
    }
}
