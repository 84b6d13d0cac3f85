package dev.wonflow.payment;

import dev.wonflow.money.Money;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.SequentialIds;
import java.time.Duration;
import java.time.Instant;

/** Payments in the states tests need, reached by the steps production code takes. */
public final class PaymentFixture {

    static final Instant NOON = MutableClock.START;
    static final Money PRICE = Money.ofWon(33_000);
    static final OrderId ORDER = new OrderId("ord_019b8c18e38073c4af0b6d4c8e91a001");
    static final PaymentKey KEY = new PaymentKey("wonfl20260105120001aB3x9");
    static final PaymentKey OTHER_KEY = new PaymentKey("wonfl20260105120500zZ9y8");
    static final Failure DECLINE = new Failure("REJECT_CARD_COMPANY", "카드사에서 승인을 거절했습니다.");

    private PaymentFixture() {}

    static Purchase aPurchase() {
        return new Purchase(ORDER, "default", "머그컵 외 1건", PRICE, null, null);
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
                aPayment(PaymentStatus.CONFIRMING).paid(aCharge(), NOON).payment();
            case FAILED ->
                aPayment(PaymentStatus.CONFIRMING).failed(DECLINE, NOON).payment();
            case CANCELED ->
                aPayment(PaymentStatus.REQUESTED)
                        .canceled(PaymentEvent.CancelReason.PAY_PROCESS_CANCELED, NOON)
                        .payment();
            case PARTIALLY_REFUNDED ->
                aPayment(PaymentStatus.PAID).refunded(Money.ofWon(21_000), NOON).payment();
            case REFUNDED ->
                aPayment(PaymentStatus.PAID).refunded(Money.ZERO, NOON).payment();
        };
    }

    static Attempt anAttempt() {
        return new Attempt(new PaymentId(SequentialIds.id(1)), KEY, ORDER, PRICE, NOON);
    }

    public static Charge approvedCharge() {
        return aCharge();
    }

    public static String firstIdempotencyKey() {
        return anAttempt().idempotencyKey();
    }

    static Charge aCharge() {
        return aCharge(KEY, PRICE);
    }

    static Charge aCharge(PaymentKey key, Money balance) {
        return new Charge(
                ORDER, key, PRICE, balance, "KRW", "카드", NOON, null, new WebhookSecret("ps_7hK2mQ9xV4bN1cT8"), "5A1C");
    }

    static Charge anAwaitedCharge() {
        return new Charge(
                ORDER,
                KEY,
                PRICE,
                PRICE,
                "KRW",
                "가상계좌",
                null,
                NOON.plus(Duration.ofDays(7)),
                new WebhookSecret("ps_7hK2mQ9xV4bN1cT8"),
                "5A1C");
    }

    public static GatewayFinding seen(GatewayFinding.State state) {
        return switch (state) {
            case WAITING_FOR_DEPOSIT -> new GatewayFinding.Seen(state, anAwaitedCharge(), null);
            case CANCELED -> new GatewayFinding.Seen(state, aCharge(KEY, Money.ZERO), null);
            case PARTIAL_CANCELED -> new GatewayFinding.Seen(state, aCharge(KEY, Money.ofWon(21_000)), null);
            case ABORTED -> new GatewayFinding.Seen(state, aCharge(), DECLINE);
            case READY, IN_PROGRESS, DONE, EXPIRED, UNLISTED -> new GatewayFinding.Seen(state, aCharge(), null);
        };
    }
}
