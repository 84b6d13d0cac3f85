package dev.wonflow.payment.stray;

import static dev.wonflow.payment.payment.PaymentFixture.KEY;
import static dev.wonflow.payment.payment.PaymentFixture.NOON;
import static dev.wonflow.payment.payment.PaymentFixture.OTHER_KEY;
import static dev.wonflow.payment.payment.PaymentFixture.PRICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.payment.gateway.CancelOutcome;
import dev.wonflow.payment.gateway.Cancellation;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayCancel;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.payment.payment.RefundOrigin;
import dev.wonflow.payment.payment.Stray;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("F18")
class RefundStrayTest {

    private static final Money OTHER_SUM = Money.ofWon(100);

    private StrayWorld strays = new StrayWorld(PaymentStatus.PAID);

    @Test
    void second_capture_goes_back_whole_once_a_look_has_shown_it_and_the_payment_stays_as_it_is() {
        StrayCaptureId id = strays.found(Stray.Reason.SECOND_CAPTURE);
        assertThat(strays.suspense()).isEqualTo(33_000);
        strays.willBeSeen();
        strays.willGiveBack(null);

        assertThat(goOn(id)).isEmpty();

        assertThat(strays.world.gateway.asked).containsExactly(OTHER_KEY.value());
        assertThat(strays.world.gateway.cancelled).singleElement().satisfies(call -> {
            assertThat(call.paymentKey()).isEqualTo(OTHER_KEY);
            assertThat(call.amount()).isEqualTo(PRICE);
            assertThat(call.refundable()).isEqualTo(PRICE);
            assertThat(call.idempotencyKey()).isEqualTo("refund:" + id + ":1");
        });
        assertThat(strays.stray().status()).isEqualTo(StrayCaptureStatus.REFUNDED);
        assertThat(strays.stray().origin()).isEqualTo(RefundOrigin.AUTOMATIC);
        assertThat(strays.told).containsExactly(strays.stray());
        assertThat(strays.explained).containsExactly(strays.stray());
        assertThat(strays.suspense()).isZero();
        assertThat(strays.world.status()).isEqualTo(PaymentStatus.PAID);
        assertThat(strays.world.payment().balance()).isEqualTo(PRICE);
    }

    @Test
    void however_many_find_it_there_is_one() {
        strays.found(Stray.Reason.SECOND_CAPTURE);
        strays.found(Stray.Reason.SECOND_CAPTURE);

        assertThat(strays.posted).hasSize(1);
        assertThat(strays.strays.planned).hasSize(1);
    }

    @Test
    void money_of_another_amount_goes_back_and_ends_the_attempt_so_that_the_buyer_can_pay() {
        strays = new StrayWorld(PaymentStatus.UNKNOWN, KEY, OTHER_SUM, null);
        StrayCaptureId id = strays.found(Stray.Reason.AMOUNT_DIFFERS);
        strays.willBeSeen();
        strays.willGiveBack(null);

        assertThat(goOn(id)).isEmpty();

        assertThat(strays.stray().status()).isEqualTo(StrayCaptureStatus.REFUNDED);
        assertThat(strays.world.status()).isEqualTo(PaymentStatus.FAILED);
        assertThat(strays.suspense()).isZero();
    }

    @Test
    void key_that_has_come_to_count_meanwhile_is_left_alone() {
        strays = new StrayWorld(PaymentStatus.PAID, KEY, PRICE, null);
        StrayCaptureId id = strays.found(Stray.Reason.SECOND_CAPTURE);
        strays.willBeSeen();

        assertThat(goOn(id)).isEmpty();

        assertThat(strays.stray().status()).isEqualTo(StrayCaptureStatus.COUNTED);
        assertThat(strays.world.gateway.cancelled).isEmpty();
        assertThat(strays.told).isEmpty();
        assertThat(strays.suspense()).isZero();
    }

    @Test
    void payment_that_holds_nothing_counts_it_rather_than_giving_it_back() {
        strays = new StrayWorld(PaymentStatus.FAILED);
        StrayCaptureId id = strays.found(Stray.Reason.SECOND_CAPTURE);
        strays.willBeSeen();

        assertThat(goOn(id)).isEmpty();

        assertThat(strays.world.status()).isEqualTo(PaymentStatus.PAID);
        assertThat(strays.world.payment().paymentKey()).isEqualTo(OTHER_KEY);
        assertThat(strays.stray().status()).isEqualTo(StrayCaptureStatus.COUNTED);
        assertThat(strays.world.gateway.cancelled).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = PaymentStatus.class,
            names = {"CONFIRMING", "UNKNOWN"})
    void second_capture_waits_while_it_is_not_known_whether_the_first_is_one(PaymentStatus status) {
        strays = new StrayWorld(status);
        StrayCaptureId id = strays.found(Stray.Reason.SECOND_CAPTURE);
        strays.willBeSeen();

        assertThat(goOn(id)).contains(NOON.plusSeconds(2));

        assertThat(strays.world.gateway.cancelled).isEmpty();
        assertThat(strays.stray().status()).isEqualTo(StrayCaptureStatus.FOUND);
    }

    /** Who is told to cancel it in the console must not be cancelling what counts a minute later. */
    @Test
    void nobody_is_told_of_a_deposit_that_may_still_come_to_count() {
        strays = new StrayWorld(PaymentStatus.UNKNOWN, OTHER_KEY, PRICE, PaymentFixture.DUE);
        StrayCaptureId id = strays.found(Stray.Reason.SECOND_CAPTURE);
        strays.willBeSeen();

        assertThat(goOn(id)).contains(NOON.plusSeconds(2));

        assertThat(strays.stray().status()).isEqualTo(StrayCaptureStatus.FOUND);
        assertThat(strays.world.incidents).extracting(Incident::kind).doesNotContain(Incident.Kind.STRAY_NOT_REFUNDED);
    }

    @Test
    void money_on_its_way_back_does_not_come_to_count_for_the_payment() {
        StrayCaptureId id = strays.found(Stray.Reason.SECOND_CAPTURE);
        strays.willBeSeen();
        strays.world.gateway.cancelOutcomes.add(new CancelOutcome.Unknown("TIMEOUT"));
        var _ = goOn(id);
        StrayWorld failed = new StrayWorld(PaymentStatus.FAILED);
        failed.strays.save(strays.stray());

        failed.world
                .settlePayment()
                .finding(
                        failed.world.payment().id(),
                        null,
                        failed.world.payment().version(),
                        failed.seen());

        assertThat(failed.world.status()).isEqualTo(PaymentStatus.FAILED);
    }

    @Test
    void deposit_is_left_to_a_person_and_looked_at_until_it_has_gone_back() {
        strays = new StrayWorld(PaymentStatus.PAID, OTHER_KEY, PRICE, PaymentFixture.DUE);
        StrayCaptureId id = strays.found(Stray.Reason.SECOND_CAPTURE);
        strays.willBeSeen();

        assertThat(goOn(id)).contains(NOON.plus(Duration.ofHours(6)));

        assertThat(strays.stray().status()).isEqualTo(StrayCaptureStatus.LEFT);
        assertThat(strays.stray().code()).isEqualTo("DEPOSIT_WITHOUT_ACCOUNT");
        assertThat(strays.world.gateway.cancelled).isEmpty();
        assertThat(strays.suspense()).isEqualTo(33_000);
        assertThat(strays.world.incidents).singleElement().satisfies(incident -> {
            assertThat(incident.kind()).isEqualTo(Incident.Kind.STRAY_NOT_REFUNDED);
            assertThat(incident.detail()).contains(OTHER_KEY.value()).contains("deposit");
        });

        strays.cancelAllAtToss();
        look(NOON.plus(Duration.ofHours(6)));
        assertThat(goOn(id)).isEmpty();
        assertThat(strays.stray().origin()).isEqualTo(RefundOrigin.EXTERNAL);
        assertThat(strays.told).hasSize(1);
        assertThat(strays.suspense()).isZero();
        assertThat(strays.world.incidents).hasSize(1);
    }

    @Test
    void lost_answer_is_read_back_from_the_cancels_and_nothing_is_asked_for_again() {
        StrayCaptureId id = strays.found(Stray.Reason.SECOND_CAPTURE);
        strays.willBeSeen();
        strays.willGiveBack(new CancelOutcome.Unknown("CONNECTION_LOST"));
        Instant next = goOn(id).orElseThrow();
        assertThat(strays.stray().status()).isEqualTo(StrayCaptureStatus.UNKNOWN);

        look(next);
        assertThat(goOn(id)).isEmpty();

        assertThat(strays.stray().transactionKey()).isEqualTo("txrd_1");
        assertThat(strays.stray().origin()).isEqualTo(RefundOrigin.AUTOMATIC);
        assertThat(strays.world.gateway.cancelled).hasSize(1);
        assertThat(strays.told).hasSize(1);
    }

    @Test
    void call_that_never_reached_toss_is_repeated_under_the_same_key() {
        StrayCaptureId id = strays.found(Stray.Reason.SECOND_CAPTURE);
        strays.willBeSeen();
        strays.world.gateway.cancelOutcomes.add(new CancelOutcome.Unknown("NO_CONNECTION"));
        look(goOn(id).orElseThrow());
        strays.willGiveBack(null);

        assertThat(goOn(id)).isEmpty();

        assertThat(strays.world.gateway.cancelled)
                .extracting(Cancellation::idempotencyKey)
                .containsExactly("refund:" + id + ":1", "refund:" + id + ":1");
    }

    @Test
    void answer_toss_would_repeat_needs_a_new_key() {
        StrayCaptureId id = strays.found(Stray.Reason.SECOND_CAPTURE);
        strays.willBeSeen();
        strays.world.gateway.cancelOutcomes.add(new CancelOutcome.Unclear("FAILED_REFUND_PROCESS"));
        look(goOn(id).orElseThrow());
        strays.willGiveBack(null);

        assertThat(goOn(id)).isEmpty();

        assertThat(strays.world.gateway.cancelled)
                .extracting(Cancellation::idempotencyKey)
                .containsExactly("refund:" + id + ":1", "refund:" + id + ":2");
    }

    @Test
    void what_someone_gave_back_in_part_meanwhile_is_not_asked_for_again() {
        StrayCaptureId id = strays.found(Stray.Reason.SECOND_CAPTURE);
        strays.willBeSeen();
        strays.world.gateway.meanwhile = () -> strays.world.gateway.meanwhile = () -> {
            strays.world.gateway.meanwhile = () -> {};
            strays.cancelAtToss(Money.ofWon(1_000), GatewayCancel.State.DONE);
            strays.world.gateway.cancelOutcomes.add(
                    new CancelOutcome.Overtaken(new Failure("NOT_MATCHES_REFUNDABLE_AMOUNT", null)));
        };
        look(goOn(id).orElseThrow());
        strays.willGiveBack(null);

        assertThat(goOn(id)).isEmpty();

        assertThat(strays.world.gateway.cancelled)
                .extracting(Cancellation::amount)
                .containsExactly(PRICE, Money.ofWon(32_000));
        assertThat(strays.suspense()).isZero();
    }

    @Test
    void cancel_on_its_way_is_followed_and_not_asked_for_again() {
        StrayCaptureId id = strays.found(Stray.Reason.SECOND_CAPTURE);
        strays.willBeSeen();
        strays.world.gateway.meanwhile = () -> strays.world.gateway.meanwhile = () -> {
            strays.world.gateway.meanwhile = () -> {};
            strays.cancelAtToss(PRICE, GatewayCancel.State.IN_PROGRESS);
            strays.world.gateway.cancelOutcomes.add(new CancelOutcome.Answered(strays.seen()));
        };
        look(goOn(id).orElseThrow());
        Instant next = goOn(id).orElseThrow();
        assertThat(strays.stray().status()).isEqualTo(StrayCaptureStatus.UNKNOWN);
        assertThat(strays.world.gateway.cancelled).hasSize(1);

        strays.end(GatewayCancel.State.DONE);
        look(next);

        assertThat(goOn(id)).isEmpty();
        assertThat(strays.stray().status()).isEqualTo(StrayCaptureStatus.REFUNDED);
    }

    @Test
    void cancel_that_came_to_nothing_is_left_to_a_person() {
        StrayCaptureId id = strays.found(Stray.Reason.SECOND_CAPTURE);
        strays.willBeSeen();
        strays.world.gateway.meanwhile = () -> strays.world.gateway.meanwhile = () -> {
            strays.world.gateway.meanwhile = () -> {};
            strays.cancelAtToss(PRICE, GatewayCancel.State.IN_PROGRESS);
            strays.world.gateway.cancelOutcomes.add(new CancelOutcome.Answered(strays.seen()));
        };
        Instant next = goOn(id).orElseThrow();
        strays.end(GatewayCancel.State.ABORTED);
        look(next);

        assertThat(goOn(id)).isPresent();

        assertThat(strays.stray().status()).isEqualTo(StrayCaptureStatus.LEFT);
        assertThat(strays.world.gateway.cancelled).hasSize(1);
        assertThat(strays.world.incidents).extracting(Incident::kind).containsExactly(Incident.Kind.STRAY_NOT_REFUNDED);
    }

    @Test
    void refusal_for_good_is_left_to_a_person_and_never_asked_for_again() {
        StrayCaptureId id = strays.found(Stray.Reason.SECOND_CAPTURE);
        strays.willBeSeen();
        strays.world.gateway.cancelOutcomes.add(
                new CancelOutcome.Declined(new Failure("EXCEED_MAX_REFUND_DUE", "환불 기한이 지났습니다.")));
        look(goOn(id).orElseThrow());

        assertThat(goOn(id)).isPresent();

        assertThat(strays.stray().status()).isEqualTo(StrayCaptureStatus.LEFT);
        assertThat(strays.stray().code()).isEqualTo("EXCEED_MAX_REFUND_DUE");
        assertThat(strays.world.gateway.cancelled).hasSize(1);
        assertThat(strays.world.incidents).extracting(Incident::kind).containsExactly(Incident.Kind.STRAY_NOT_REFUNDED);
    }

    @Test
    void fault_of_ours_that_lasts_ends_no_calls_and_it_goes_on_by_itself() {
        StrayCaptureId id = strays.found(Stray.Reason.SECOND_CAPTURE);
        Instant next = NOON;
        for (int i = 0; i < 12; i++) {
            look(next);
            strays.world.gateway.cancelOutcomes.add(new CancelOutcome.OurFault("UNAUTHORIZED_KEY"));
            next = goOn(id).orElseThrow();
        }
        assertThat(next)
                .as("pauses have grown")
                .isAfter(strays.world.clock.instant().plusSeconds(60));
        look(next);
        strays.willGiveBack(null);

        assertThat(goOn(id)).isEmpty();

        assertThat(strays.world.gateway.cancelled)
                .extracting(Cancellation::idempotencyKey)
                .doesNotHaveDuplicates()
                .hasSize(13);
        assertThat(strays.world.incidents).extracting(Incident::kind).containsOnly(Incident.Kind.OUR_FAULT);
    }

    @Test
    void what_stays_unknown_is_told_to_a_person_once_and_only_asked_about() {
        StrayCaptureId id = strays.found(Stray.Reason.SECOND_CAPTURE);
        Instant next = NOON;
        for (int i = 0; i < 20; i++) {
            look(next);
            strays.world.gateway.cancelOutcomes.add(new CancelOutcome.Unclear("FAILED_INTERNAL_SYSTEM_PROCESSING"));
            next = goOn(id).orElseThrow();
        }

        assertThat(strays.world.gateway.cancelled).hasSize(5);
        assertThat(strays.world.incidents).extracting(Incident::kind).containsExactly(Incident.Kind.STRAY_NOT_REFUNDED);
        assertThat(Duration.between(strays.world.clock.instant(), next)).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @EnumSource(
            value = GatewayFinding.State.class,
            names = {"ABORTED", "EXPIRED"})
    void what_toss_does_not_hold_after_all_is_over(GatewayFinding.State state) {
        StrayCaptureId id = strays.found(Stray.Reason.SECOND_CAPTURE);
        strays.world.gateway.findings.add(strays.seen(state));

        assertThat(goOn(id)).isEmpty();

        assertThat(strays.stray().status()).isEqualTo(StrayCaptureStatus.NOT_HELD);
        assertThat(strays.told).isEmpty();
        assertThat(strays.suspense()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = GatewayFinding.State.class,
            names = {"READY", "IN_PROGRESS", "UNLISTED"})
    void nothing_is_asked_for_while_toss_does_not_say_that_it_holds_money(GatewayFinding.State state) {
        StrayCaptureId id = strays.found(Stray.Reason.SECOND_CAPTURE);
        strays.world.gateway.findings.add(strays.seen(state));

        assertThat(goOn(id)).isPresent();

        assertThat(strays.world.gateway.cancelled).isEmpty();
    }

    @Test
    void cancels_that_do_not_account_for_what_is_gone_decide_nothing() {
        StrayCaptureId id = strays.found(Stray.Reason.SECOND_CAPTURE);
        strays.world.gateway.findings.add(new GatewayFinding.Seen(
                GatewayFinding.State.PARTIAL_CANCELED,
                PaymentFixture.aGatewayPayment(OTHER_KEY, Money.ofWon(21_000)),
                null));

        assertThat(goOn(id)).isPresent();

        assertThat(strays.world.gateway.cancelled).isEmpty();
    }

    /** A call that was begun makes the key count for nothing, so that nobody else can end it. */
    @Test
    void call_that_was_begun_is_made_to_its_end_though_the_payment_has_come_to_hold_nothing() {
        strays = new StrayWorld(PaymentStatus.WAITING_FOR_DEPOSIT);
        StrayCaptureId id = strays.found(Stray.Reason.SECOND_CAPTURE);
        strays.willBeSeen();
        strays.world.gateway.cancelOutcomes.add(new CancelOutcome.Unknown("NO_CONNECTION"));
        Instant next = goOn(id).orElseThrow();
        strays.accountRunsOut();
        look(next);
        strays.willGiveBack(null);

        assertThat(goOn(id)).isEmpty();

        assertThat(strays.stray().status()).isEqualTo(StrayCaptureStatus.REFUNDED);
        assertThat(strays.world.status()).isEqualTo(PaymentStatus.FAILED);
        assertThat(strays.suspense()).isZero();
    }

    @Test
    void approval_without_a_time_is_money_like_any_other() {
        StrayCaptureId id = strays.found(Stray.Reason.SECOND_CAPTURE);
        strays.world.gateway.findings.add(strays.seen(GatewayFinding.State.DONE, null));
        strays.willGiveBack(null);

        assertThat(goOn(id)).isEmpty();

        assertThat(strays.world.gateway.cancelled).hasSize(1);
        assertThat(strays.stray().status()).isEqualTo(StrayCaptureStatus.REFUNDED);
    }

    /** Toss calls an account waiting for ever. */
    @Test
    void account_whose_deposit_the_bank_took_back_is_over_once_it_has_run_out() {
        strays = new StrayWorld(PaymentStatus.PAID, OTHER_KEY, PRICE, PaymentFixture.DUE);
        StrayCaptureId id = strays.found(Stray.Reason.SECOND_CAPTURE);
        strays.willBeSeen();
        var _ = goOn(id);
        strays.world.gateway.findings.clear();
        strays.world.gateway.findings.add(strays.seen(GatewayFinding.State.WAITING_FOR_DEPOSIT));
        assertThat(goOn(id)).as("the deposit may still come").isPresent();

        strays.world.clock.set(PaymentFixture.DUE.plus(Duration.ofHours(6)));
        strays.world.gateway.findings.clear();
        strays.world.gateway.findings.add(strays.seen(GatewayFinding.State.WAITING_FOR_DEPOSIT));

        assertThat(goOn(id)).isEmpty();
        assertThat(strays.stray().status()).isEqualTo(StrayCaptureStatus.NOT_HELD);
        assertThat(strays.suspense()).isZero();
        assertThat(strays.told).isEmpty();
    }

    /** Such as that of an account that has to be closed. */
    @Test
    void look_at_it_calls_off_no_status_check_of_its_payment() {
        strays = new StrayWorld(PaymentStatus.CANCELED, OTHER_KEY, OTHER_SUM, null);
        StrayCaptureId id = strays.found(Stray.Reason.AMOUNT_DIFFERS);
        strays.world.statusChecks.require(strays.world.payment().id(), NOON.plusSeconds(60));
        strays.willBeSeen();
        strays.willGiveBack(null);

        assertThat(goOn(id)).isEmpty();

        assertThat(strays.stray().status()).isEqualTo(StrayCaptureStatus.REFUNDED);
        assertThat(strays.world.statusChecks.required)
                .containsExactly(Map.entry(strays.world.payment().id(), NOON.plusSeconds(60)));
    }

    @Test
    void key_on_its_way_back_is_no_attempt() throws InterruptedException {
        strays = new StrayWorld(PaymentStatus.WAITING_FOR_DEPOSIT);
        StrayCaptureId id = strays.found(Stray.Reason.SECOND_CAPTURE);
        strays.willBeSeen();
        strays.world.gateway.cancelOutcomes.add(new CancelOutcome.Unknown("NO_CONNECTION"));
        var _ = goOn(id);
        strays.accountRunsOut();

        assertThat(strays.world.confirm(OTHER_KEY).status()).isEqualTo(PaymentStatus.FAILED);

        assertThat(strays.world.status()).isEqualTo(PaymentStatus.FAILED);
        assertThat(strays.world.gateway.confirmed).isEmpty();
    }

    private Optional<Instant> goOn(StrayCaptureId id) {
        return strays.refundStray().goOn(id);
    }

    /** Lets time pass until then; Toss will say what is so. */
    private void look(Instant due) {
        strays.world.clock.set(due);
        strays.world.gateway.findings.clear();
        strays.willBeSeen();
    }
}
