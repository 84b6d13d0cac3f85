package dev.wonflow.payment.payment;

import static dev.wonflow.payment.payment.PaymentFixture.KEY;
import static dev.wonflow.payment.payment.PaymentFixture.NOON;
import static dev.wonflow.payment.payment.PaymentFixture.ORDER;
import static dev.wonflow.payment.payment.PaymentFixture.OTHER_KEY;
import static dev.wonflow.payment.payment.PaymentFixture.PRICE;
import static dev.wonflow.payment.payment.PaymentFixture.aGatewayPayment;
import static dev.wonflow.payment.payment.PaymentFixture.aPayment;
import static dev.wonflow.payment.payment.PaymentFixture.seen;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayFinding.State;
import dev.wonflow.payment.gateway.GatewayOutcome;
import dev.wonflow.payment.gateway.GatewayPayment;
import dev.wonflow.payment.incident.Incident;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class JudgementTest {

    private static final Duration GRACE = Duration.ofMinutes(10);

    /** What follows when Toss, asked about the attempt that counts, is in a state. */
    @Test
    void every_state_of_toss_means_one_thing_in_every_status() {
        String table = Arrays.stream(PaymentStatus.values())
                .map(status -> status + ": "
                        + Arrays.stream(State.values())
                                .filter(state -> state != State.READY && state != State.UNLISTED)
                                .map(state -> state + " " + outcome(status, state))
                                .collect(joining(", ")))
                .collect(joining("\n", "", "\n"));

        assertThat(table).isEqualTo("""
            REQUESTED: IN_PROGRESS -, WAITING_FOR_DEPOSIT WAITING_FOR_DEPOSIT, DONE PAID, CANCELED PAID+REFUNDED, PARTIAL_CANCELED PAID+PARTIALLY_REFUNDED, ABORTED FAILED, EXPIRED FAILED
            CONFIRMING: IN_PROGRESS -, WAITING_FOR_DEPOSIT WAITING_FOR_DEPOSIT, DONE PAID, CANCELED PAID+REFUNDED, PARTIAL_CANCELED PAID+PARTIALLY_REFUNDED, ABORTED FAILED, EXPIRED FAILED
            UNKNOWN: IN_PROGRESS -, WAITING_FOR_DEPOSIT WAITING_FOR_DEPOSIT, DONE PAID, CANCELED PAID+REFUNDED, PARTIAL_CANCELED PAID+PARTIALLY_REFUNDED, ABORTED FAILED, EXPIRED FAILED
            WAITING_FOR_DEPOSIT: IN_PROGRESS -, WAITING_FOR_DEPOSIT -, DONE PAID, CANCELED PAID+REFUNDED, PARTIAL_CANCELED PAID+PARTIALLY_REFUNDED, ABORTED FAILED, EXPIRED FAILED
            PAID: IN_PROGRESS -, WAITING_FOR_DEPOSIT WAITING_FOR_DEPOSIT, DONE -, CANCELED REFUNDED, PARTIAL_CANCELED PARTIALLY_REFUNDED, ABORTED !IMPOSSIBLE_STATE, EXPIRED !IMPOSSIBLE_STATE
            FAILED: IN_PROGRESS -, WAITING_FOR_DEPOSIT WAITING_FOR_DEPOSIT, DONE PAID, CANCELED PAID+REFUNDED, PARTIAL_CANCELED PAID+PARTIALLY_REFUNDED, ABORTED -, EXPIRED -
            CANCELED: IN_PROGRESS -, WAITING_FOR_DEPOSIT -, DONE PAID!CHARGED_AFTER_END, CANCELED PAID+REFUNDED, PARTIAL_CANCELED PAID+PARTIALLY_REFUNDED!CHARGED_AFTER_END, ABORTED -, EXPIRED -
            PARTIALLY_REFUNDED: IN_PROGRESS -, WAITING_FOR_DEPOSIT !IMPOSSIBLE_STATE, DONE -, CANCELED REFUNDED, PARTIAL_CANCELED -, ABORTED !IMPOSSIBLE_STATE, EXPIRED !IMPOSSIBLE_STATE
            REFUNDED: IN_PROGRESS -, WAITING_FOR_DEPOSIT !IMPOSSIBLE_STATE, DONE -, CANCELED -, PARTIAL_CANCELED -, ABORTED !IMPOSSIBLE_STATE, EXPIRED !IMPOSSIBLE_STATE
            """);
    }

    private static String outcome(PaymentStatus status, State state) {
        return describe(onLook(aPayment(status), null, seen(state)));
    }

    private static SettlementDecision onLook(Payment payment, @Nullable PaymentKey asked, GatewayFinding finding) {
        return new Judgement(payment, payment.version(), NOON, GRACE, List.of()).on(asked, finding);
    }

    private static SettlementDecision onAnswer(Payment payment, PaymentKey key, GatewayOutcome outcome) {
        return new Judgement(payment, payment.version(), NOON, GRACE, List.of()).on(key, outcome);
    }

    /** A question mark says "ask again", an exclamation mark "incident". */
    private static String describe(SettlementDecision decision) {
        String changes = decision.steps().stream()
                .map(step -> step.payment().status().name())
                .collect(joining("+"));
        String incident =
                decision.incident().map(reported -> "!" + reported.kind()).orElse("");
        String all = changes + incident + (decision.doubted() ? "?" : "");
        return all.isEmpty() ? "-" : all;
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void same_answer_twice_changes_nothing_the_second_time(State state) {
        Payment after = apply(aPayment(PaymentStatus.CONFIRMING), seen(state));

        assertThat(onLook(after, KEY, seen(state)).steps()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void answer_that_belongs_to_something_else_is_never_taken_for_payment(GatewayPayment gatewayPayment) {
        SettlementDecision decision =
                onAnswer(aPayment(PaymentStatus.CONFIRMING), KEY, new GatewayOutcome.Approved(gatewayPayment));

        assertThat(decision.steps())
                .singleElement()
                .satisfies(step -> assertThat(step.payment().status()).isEqualTo(PaymentStatus.UNKNOWN));
        assertThat(decision.incident())
                .hasValueSatisfying(
                        incident -> assertThat(incident.kind()).isEqualTo(Incident.Kind.ANSWER_CONTRADICTS));
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void key_that_toss_holds_for_another_order_ends_the_try_whatever_its_state(State state) {
        OrderId otherOrder = new OrderId("ord_019b8c19cde073c4af0b6d4c8e91a003");
        GatewayPayment others =
                new GatewayPayment(otherOrder, KEY, PRICE, PRICE, "KRW", null, NOON, null, false, null, null);

        SettlementDecision decision =
                onLook(aPayment(PaymentStatus.UNKNOWN), KEY, new GatewayFinding.Seen(state, others, null));

        assertThat(decision.steps())
                .singleElement()
                .satisfies(step -> assertThat(step.payment().status()).isEqualTo(PaymentStatus.FAILED));
        assertThat(decision.incident())
                .hasValueSatisfying(incident -> assertThat(incident.kind()).isEqualTo(Incident.Kind.WINDOW_DIFFERS));
    }

    static Stream<GatewayPayment> contradictions() {
        OrderId otherOrder = new OrderId("ord_019b8c19cde073c4af0b6d4c8e91a003");
        return Stream.of(
                new GatewayPayment(otherOrder, KEY, PRICE, PRICE, "KRW", null, NOON, null, false, null, null),
                new GatewayPayment(ORDER, OTHER_KEY, PRICE, PRICE, "KRW", null, NOON, null, false, null, null),
                new GatewayPayment(ORDER, KEY, Money.ofWon(32_999), PRICE, "KRW", null, NOON, null, false, null, null),
                new GatewayPayment(ORDER, KEY, PRICE, PRICE, "USD", null, NOON, null, false, null, null));
    }

    @Test
    void not_knowing_is_told_once() {
        Payment unknown = aPayment(PaymentStatus.UNKNOWN);

        assertThat(onAnswer(unknown, KEY, new GatewayOutcome.Unknown("TIMEOUT")).steps())
                .isEmpty();
    }

    @Test
    void own_fault_fails_nobody() {
        SettlementDecision decision =
                onAnswer(aPayment(PaymentStatus.CONFIRMING), KEY, new GatewayOutcome.OurFault("UNAUTHORIZED_KEY"));

        assertThat(decision.steps())
                .singleElement()
                .satisfies(step ->
                        assertThat(step.event()).isEqualTo(new PaymentEvent.OutcomeUnknown("UNAUTHORIZED_KEY", NOON)));
        assertThat(decision.incident())
                .hasValueSatisfying(incident -> assertThat(incident.kind()).isEqualTo(Incident.Kind.OUR_FAULT));
    }

    @Test
    void late_answer_about_an_earlier_try_does_not_touch_the_one_under_way() {
        Payment second = aPayment(PaymentStatus.FAILED).confirming(OTHER_KEY, NOON);

        assertThat(describe(onLook(second, null, seen(State.ABORTED)))).isEqualTo("-");
        assertThat(describe(onLook(second, null, seen(State.DONE)))).isEqualTo("!SECOND_CHARGE");
    }

    @ParameterizedTest
    @EnumSource(
            value = PaymentStatus.class,
            names = {"CONFIRMING", "UNKNOWN", "WAITING_FOR_DEPOSIT", "PAID", "PARTIALLY_REFUNDED", "REFUNDED"})
    @Tag("F18")
    void money_under_another_key_than_the_one_that_counts_is_stray(PaymentStatus status) {
        GatewayFinding second = new GatewayFinding.Seen(State.DONE, aGatewayPayment(OTHER_KEY, PRICE), null);

        SettlementDecision decision = onLook(aPayment(status), OTHER_KEY, second);

        assertThat(describe(decision)).isEqualTo("!SECOND_CHARGE");
        assertThat(decision.stray()).contains(new Stray(OTHER_KEY, PRICE, Stray.Reason.SECOND_CAPTURE));
    }

    @Test
    void money_under_another_key_that_has_all_gone_back_is_of_no_interest() {
        GatewayFinding gone = new GatewayFinding.Seen(State.CANCELED, aGatewayPayment(OTHER_KEY, Money.ZERO), null);

        assertThat(describe(onLook(aPayment(PaymentStatus.PAID), OTHER_KEY, gone)))
                .isEqualTo("-");
    }

    @ParameterizedTest
    @EnumSource(State.class)
    @Tag("F18")
    void money_of_another_amount_is_stray_if_toss_says_that_it_holds_it(State state) {
        SettlementDecision decision = onLook(aPayment(PaymentStatus.UNKNOWN), KEY, PaymentFixture.seenFor100Won(state));

        boolean held = state == State.DONE || state == State.CANCELED || state == State.PARTIAL_CANCELED;
        assertThat(decision.stray())
                .isEqualTo(
                        held
                                ? Optional.of(new Stray(KEY, Money.ofWon(100), Stray.Reason.AMOUNT_DIFFERS))
                                : Optional.empty());
    }

    @Test
    void money_of_another_order_or_currency_is_left_to_a_person() {
        assertThat(contradictions()
                        .map(contradicting -> onAnswer(
                                        aPayment(PaymentStatus.CONFIRMING),
                                        KEY,
                                        new GatewayOutcome.Approved(contradicting))
                                .stray()))
                .containsExactly(
                        Optional.empty(),
                        Optional.of(new Stray(OTHER_KEY, PRICE, Stray.Reason.SECOND_CAPTURE)),
                        Optional.of(new Stray(KEY, Money.ofWon(32_999), Stray.Reason.AMOUNT_DIFFERS)),
                        Optional.empty());
    }

    @Test
    void full_cancel_in_parts_is_a_refund_by_its_balance_and_not_by_its_name() {
        GatewayFinding nothingLeft =
                new GatewayFinding.Seen(State.PARTIAL_CANCELED, aGatewayPayment(KEY, Money.ZERO), null);

        assertThat(describe(onLook(aPayment(PaymentStatus.PARTIALLY_REFUNDED), KEY, nothingLeft)))
                .isEqualTo("REFUNDED");
    }

    @Test
    void answers_that_arrive_in_any_order_end_the_same() {
        List<List<State>> orders = permutations(List.of(State.DONE, State.PARTIAL_CANCELED, State.CANCELED));

        assertThat(orders).hasSize(6).allSatisfy(order -> {
            Payment payment = aPayment(PaymentStatus.UNKNOWN);
            for (State state : order) {
                payment = apply(payment, seen(state));
            }
            assertThat(payment.status()).as("after %s", order).isEqualTo(PaymentStatus.REFUNDED);
        });
    }

    private static Payment apply(Payment payment, GatewayFinding finding) {
        List<Payment.Change> changes = onLook(payment, KEY, finding).steps();
        return changes.isEmpty() ? payment : changes.getLast().payment();
    }

    private static <T> List<List<T>> permutations(List<T> items) {
        if (items.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> all = new ArrayList<>();
        for (T first : items) {
            List<T> rest = new ArrayList<>(items);
            rest.remove(first);
            for (List<T> tail : permutations(rest)) {
                List<T> whole = new ArrayList<>(List.of(first));
                whole.addAll(tail);
                all.add(whole);
            }
        }
        return all;
    }
}
