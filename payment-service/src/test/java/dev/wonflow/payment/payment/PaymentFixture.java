package dev.wonflow.payment.payment;

import dev.wonflow.access.Caller;
import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.WebhookSecret;
import dev.wonflow.payment.gateway.Attempt;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayAccount;
import dev.wonflow.payment.gateway.GatewayCancel;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayPayment;
import dev.wonflow.payment.gateway.Remittance;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.SequentialIds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Payments in the states tests need, reached by the steps production code takes. */
public final class PaymentFixture {

    public static final Instant NOON = MutableClock.START;
    public static final Money PRICE = Money.ofWon(33_000);
    public static final OrderId ORDER = new OrderId("ord_019b8c18e38073c4af0b6d4c8e91a001");
    public static final PaymentKey KEY = new PaymentKey("wonfl20260105120001aB3x9");
    public static final PaymentKey OTHER_KEY = new PaymentKey("wonfl20260105120500zZ9y8");
    public static final TenantId TENANT = new TenantId("default");
    public static final Caller CALLER = new Caller(TENANT, "mina", "default-shop");
    public static final Instant DUE = NOON.plus(Duration.ofDays(7));
    /** Toss's word for its webhooks, as every charge here carries it. */
    public static final String SECRET = "ps_7hK2mQ9xV4bN1cT8wR5yL3dG6jZa";

    public static final GatewayAccount ACCOUNT = new GatewayAccount("88", "X7290412345678", "김하늘", Remittance.NONE);

    public static final Failure DECLINE = new Failure("REJECT_CARD_COMPANY", "카드사에서 승인을 거절했습니다.");

    private PaymentFixture() {}

    public static OrderId anOrder() {
        return ORDER;
    }

    public static Purchase aPurchase() {
        return new Purchase(ORDER, TENANT, "머그컵 외 1건", PRICE, null, null);
    }

    static Payment aPayment(PaymentStatus status) {
        return switch (status) {
            case REQUESTED ->
                Payment.requested(new PaymentId(SequentialIds.id(1)), aPurchase(), false, NOON)
                        .payment();
            case CONFIRMING -> aPayment(PaymentStatus.REQUESTED).confirming(KEY, NOON);
            case UNKNOWN ->
                aPayment(PaymentStatus.CONFIRMING).unknown("TIMEOUT", NOON).payment();
            case WAITING_FOR_DEPOSIT ->
                aPayment(PaymentStatus.CONFIRMING)
                        .waitingForDeposit(anAwaitedCharge(), NOON)
                        .payment();
            case PAID ->
                aPayment(PaymentStatus.CONFIRMING).paid(aGatewayPayment(), NOON).payment();
            case FAILED ->
                aPayment(PaymentStatus.CONFIRMING).failed(DECLINE, NOON).payment();
            case CANCELED ->
                aPayment(PaymentStatus.REQUESTED)
                        .canceled(PaymentEvent.CancelReason.PAY_PROCESS_CANCELED, NOON)
                        .payment();
            case PARTIALLY_REFUNDED ->
                aPayment(PaymentStatus.PAID)
                        .refunded(Money.ofWon(21_000), RefundOrigin.REQUESTED, NOON)
                        .payment();
            case REFUNDED ->
                aPayment(PaymentStatus.PAID)
                        .refunded(Money.ZERO, RefundOrigin.REQUESTED, NOON)
                        .payment();
        };
    }

    public static Attempt anAttempt() {
        return new Attempt(new PaymentId(SequentialIds.id(1)), KEY, ORDER, PRICE, NOON);
    }

    public static GatewayPayment approvedCharge() {
        return aGatewayPayment();
    }

    public static String firstIdempotencyKey() {
        return anAttempt().idempotencyKey();
    }

    static GatewayPayment aGatewayPayment() {
        return aGatewayPayment(KEY, PRICE);
    }

    public static GatewayPayment aGatewayPayment(PaymentKey key, Money balance, GatewayCancel... cancels) {
        return new GatewayPayment(
                ORDER,
                key,
                PRICE,
                balance,
                "KRW",
                "카드",
                NOON,
                null,
                false,
                new WebhookSecret(SECRET),
                "5A1C",
                null,
                List.of(cancels));
    }

    public static GatewayPayment anAwaitedCharge() {
        return anAccount(PRICE, null, false);
    }

    public static GatewayPayment aDeposit() {
        return anAccount(PRICE, NOON, false);
    }

    /** A virtual account of another sum than the order's. */
    public static GatewayPayment anAccountOf(Money amount) {
        return anAccount(amount, null, false);
    }

    /** A virtual account of the order, opened after the one all other fixtures are about. */
    public static GatewayPayment anotherAccount() {
        return anAccount(OTHER_KEY, PRICE, null, false);
    }

    /** A virtual account open for a week. */
    static GatewayPayment anAccount(Money amount, @Nullable Instant approvedAt, boolean expired) {
        return anAccount(KEY, amount, approvedAt, expired);
    }

    private static GatewayPayment anAccount(
            PaymentKey key, Money amount, @Nullable Instant approvedAt, boolean expired) {
        return new GatewayPayment(
                        ORDER,
                        key,
                        amount,
                        amount,
                        "KRW",
                        "가상계좌",
                        approvedAt,
                        DUE,
                        expired,
                        new WebhookSecret(SECRET),
                        "5A1C")
                .into(ACCOUNT);
    }

    private static GatewayPayment aClosedAccount() {
        return new GatewayPayment(ORDER, KEY, PRICE, Money.ZERO, "KRW", "가상계좌", null, DUE, false, null, "5A1C");
    }

    /** What Toss says of a deposit of which money went back, and how far that has come to the buyer. */
    public static GatewayFinding seenRefundedDeposit(Money balance, @Nullable Remittance remittance) {
        GatewayPayment refunded = new GatewayPayment(
                ORDER, KEY, PRICE, balance, "KRW", "가상계좌", NOON, DUE, false, new WebhookSecret(SECRET), "5A1C");
        return new GatewayFinding.Seen(
                balance.isZero() ? GatewayFinding.State.CANCELED : GatewayFinding.State.PARTIAL_CANCELED,
                refunded.into(
                        new GatewayAccount(ACCOUNT.bankCode(), ACCOUNT.number(), ACCOUNT.holderName(), remittance)),
                null);
    }

    /** A card payment over another amount than the order's. */
    public static GatewayPayment aChargeOf(Money amount) {
        return new GatewayPayment(ORDER, KEY, amount, amount, "KRW", "카드", NOON, null, false, null, "5A1C");
    }

    /** What Toss says about the account in a state. */
    public static GatewayFinding seenAccount(GatewayFinding.State state) {
        return switch (state) {
            case DONE -> new GatewayFinding.Seen(state, aDeposit(), null);
            case CANCELED -> new GatewayFinding.Seen(state, aClosedAccount(), null);
            case READY, IN_PROGRESS, WAITING_FOR_DEPOSIT, PARTIAL_CANCELED, ABORTED, EXPIRED, UNLISTED ->
                new GatewayFinding.Seen(state, anAwaitedCharge(), null);
        };
    }

    /** What Toss says about the account once its due date has passed. */
    public static GatewayFinding seenRunOut() {
        return new GatewayFinding.Seen(GatewayFinding.State.WAITING_FOR_DEPOSIT, anAccount(PRICE, null, true), null);
    }

    /** What Toss says about a payment whose window was opened for 100 won. */
    public static GatewayFinding seenFor100Won(GatewayFinding.State state) {
        return new GatewayFinding.Seen(state, aChargeOf(Money.ofWon(100)), null);
    }

    /** The 100 won, once a person has sent them back. */
    public static GatewayFinding seen100WonRefunded() {
        GatewayPayment gatewayPayment = new GatewayPayment(
                ORDER, KEY, Money.ofWon(100), Money.ZERO, "KRW", "카드", NOON, null, false, null, "5A1C");
        return new GatewayFinding.Seen(GatewayFinding.State.CANCELED, gatewayPayment, null);
    }

    public static GatewayFinding seen(GatewayFinding.State state) {
        return switch (state) {
            case WAITING_FOR_DEPOSIT -> new GatewayFinding.Seen(state, anAwaitedCharge(), null);
            case CANCELED -> new GatewayFinding.Seen(state, aGatewayPayment(KEY, Money.ZERO), null);
            case PARTIAL_CANCELED -> new GatewayFinding.Seen(state, aGatewayPayment(KEY, Money.ofWon(21_000)), null);
            case ABORTED -> new GatewayFinding.Seen(state, aGatewayPayment(), DECLINE);
            case READY, IN_PROGRESS, DONE, EXPIRED, UNLISTED -> new GatewayFinding.Seen(state, aGatewayPayment(), null);
        };
    }
}
