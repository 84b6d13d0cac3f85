package dev.wonflow.payment.statuscheck;

import static dev.wonflow.payment.payment.PaymentFixture.ACCOUNT;
import static dev.wonflow.payment.payment.PaymentFixture.DUE;
import static dev.wonflow.payment.payment.PaymentFixture.KEY;
import static dev.wonflow.payment.payment.PaymentFixture.NOON;
import static dev.wonflow.payment.payment.PaymentFixture.ORDER;
import static dev.wonflow.payment.payment.PaymentFixture.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.Buyer;
import dev.wonflow.payment.gateway.CallRoom;
import dev.wonflow.payment.gateway.ClosingOutcome;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayFinding.State;
import dev.wonflow.payment.gateway.Opening;
import dev.wonflow.payment.gateway.OpeningOutcome;
import dev.wonflow.payment.gateway.Operation;
import dev.wonflow.payment.gateway.TossBusy;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.payment.AccountOpening;
import dev.wonflow.payment.payment.ConfirmRefused;
import dev.wonflow.payment.payment.KeptAccount;
import dev.wonflow.payment.payment.OpenAccount;
import dev.wonflow.payment.payment.PaymentEvent;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.payment.payment.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Virtual accounts without a window: one for a payment at most, whatever answer is lost. */
class OpenAccountTest {

    private static final Buyer BUYER = new Buyer("김하늘", "01012345678");
    private static final GatewayFinding NOTHING_THERE = new GatewayFinding.Absent("NOT_FOUND_PAYMENT");

    private final CheckedWorld checked = new CheckedWorld();
    private final World world = checked.world;
    private final PaymentId id = world.given(PaymentStatus.REQUESTED);

    @Test
    void account_is_opened_for_what_the_payment_is_about_and_waits() {
        answered(seenAccount());

        OpenAccount.Opened opened = open();

        assertThat(opened.payment().status()).isEqualTo(PaymentStatus.WAITING_FOR_DEPOSIT);
        assertThat(opened.account()).contains(ACCOUNT);
        assertThat(world.published).containsExactly(new PaymentEvent.DepositAwaited(DUE, NOON));
        assertThat(world.gateway.opened).singleElement().satisfies(call -> {
            assertThat(call.orderId()).isEqualTo(ORDER);
            assertThat(call.amount()).isEqualTo(PRICE);
            assertThat(call.buyer()).isEqualTo(BUYER);
            assertThat(call.dueAt()).isEqualTo(DUE);
        });
        assertThat(world.openings.rows.values())
                .extracting(AccountOpening::status)
                .containsExactly(AccountOpening.Status.OPENED);
        assertThat(world.secrets.find(world.payment())).isPresent();
        assertThat(world.audited).hasSize(1);
    }

    @Test
    void nothing_is_begun_while_too_many_openings_are_at_work() {
        try (CallRoom.Place others = world.callRoom.place(Operation.OPEN)) {
            others.require();

            assertThatThrownBy(this::open).isInstanceOf(TossBusy.class);
        }
        assertThat(world.payment().isAccountAsked()).isFalse();
        assertThat(world.openings.rows).isEmpty();
        assertThat(world.gateway.opened).isEmpty();

        answered(seenAccount());
        assertThat(open().payment().status()).isEqualTo(PaymentStatus.WAITING_FOR_DEPOSIT);
    }

    @Test
    void while_toss_is_asked_nothing_else_is_begun() {
        world.gateway.meanwhile = () -> {
            refused(() -> world.confirm(KEY), ConfirmRefused.Reason.ACCOUNT_ASKED_FOR);
            refused(this::open, ConfirmRefused.Reason.ACCOUNT_ASKED_FOR);
            world.gateway.meanwhile = () -> {};
        };
        answered(seenAccount());

        open();

        assertThat(world.gateway.opened).hasSize(1);
        assertThat(world.gateway.confirmed).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"REQUESTED", "FAILED"},
            mode = EnumSource.Mode.EXCLUDE)
    void payment_that_has_begun_or_ended_gets_none(PaymentStatus status) {
        CheckedWorld other = new CheckedWorld();
        other.world.given(status);

        assertThatThrownBy(() -> other.world.openAccount().open(request(other.world, DUE)))
                .isInstanceOf(ConfirmRefused.class);
        assertThat(other.world.gateway.opened).isEmpty();
    }

    @Test
    void refusal_leaves_the_payment_as_it_was_and_open_to_another_bank() {
        world.gateway.openingOutcomes.add(new OpeningOutcome.Declined(new Failure("INVALID_BANK", null)));

        assertThat(open().refusal()).isEqualTo(new Failure("INVALID_BANK", null));
        assertThat(world.payment().isAccountAsked()).isFalse();
        assertThat(world.statusChecks.required).isEmpty();
        assertThat(world.published).isEmpty();

        answered(seenAccount());
        assertThat(open().payment().status()).isEqualTo(PaymentStatus.WAITING_FOR_DEPOSIT);
        assertThat(world.gateway.opened.stream().map(Opening::idempotencyKey).distinct())
                .hasSize(2);
    }

    @Test
    void fault_of_ours_is_told_to_someone_who_can_act() {
        world.gateway.openingOutcomes.add(new OpeningOutcome.OurFault(new Failure("NOT_SUPPORTED_METHOD", null)));

        assertThat(open().refusal()).isNotNull();
        assertThat(world.incidents).extracting(Incident::kind).containsExactly(Incident.Kind.OUR_FAULT);
        assertThat(world.payment().isAccountAsked()).isFalse();
    }

    @Test
    void lost_answer_is_found_again_by_the_order() {
        world.gateway.openingOutcomes.add(new OpeningOutcome.Unknown("TIMEOUT"));
        assertThat(open().payment().isAccountAsked()).isTrue();

        look(seenAccount());

        assertThat(world.status()).isEqualTo(PaymentStatus.WAITING_FOR_DEPOSIT);
        assertThat(world.accounts.find(id)).map(KeptAccount::account).contains(ACCOUNT);
        assertThat(world.gateway.opened).hasSize(1);
        assertThat(world.gateway.asked).containsExactly(ORDER.value());
    }

    @Test
    void call_that_never_reached_toss_is_made_again_under_its_key() {
        world.gateway.openingOutcomes.add(new OpeningOutcome.Unknown("CONNECTION_LOST"));
        open();

        answered(seenAccount());
        look(NOTHING_THERE);

        assertThat(world.status()).isEqualTo(PaymentStatus.WAITING_FOR_DEPOSIT);
        assertThat(world.gateway.opened).hasSize(2);
        assertThat(world.gateway.opened.stream().map(Opening::idempotencyKey).distinct())
                .hasSize(1);
    }

    @Test
    void answer_that_does_not_tell_is_not_asked_for_again_for_toss_would_repeat_it() {
        world.gateway.openingOutcomes.add(new OpeningOutcome.Unclear("FAILED_DB_PROCESSING"));
        open();

        answered(seenAccount());
        look(NOTHING_THERE);

        assertThat(world.status()).isEqualTo(PaymentStatus.WAITING_FOR_DEPOSIT);
        assertThat(world.gateway.opened.stream().map(Opening::idempotencyKey).distinct())
                .hasSize(2);
    }

    @Test
    void order_toss_has_had_is_looked_for_at_once() {
        world.gateway.openingOutcomes.add(new OpeningOutcome.Happened(new Failure("DUPLICATED_ORDER_ID", null)));
        world.gateway.findings.add(seenAccount());

        assertThat(open().payment().status()).isEqualTo(PaymentStatus.WAITING_FOR_DEPOSIT);
    }

    @Test
    void order_that_toss_has_for_a_window_gets_no_account() {
        world.gateway.openingOutcomes.add(new OpeningOutcome.Happened(new Failure("DUPLICATED_ORDER_ID", null)));
        world.gateway.findings.add(PaymentFixture.seen(State.IN_PROGRESS));

        assertThat(open().refusal()).isEqualTo(new Failure("DUPLICATED_ORDER_ID", null));
        assertThat(world.payment().isAccountAsked()).isFalse();
    }

    @Test
    void account_of_another_sum_is_reported_and_not_taken_for_ours() {
        answered(
                new GatewayFinding.Seen(State.WAITING_FOR_DEPOSIT, PaymentFixture.anAccountOf(Money.ofWon(100)), null));

        OpenAccount.Opened opened = open();

        assertThat(opened.payment().isAccountAsked()).isTrue();
        assertThat(opened.account()).isEmpty();
        assertThat(world.incidents).extracting(Incident::kind).containsExactly(Incident.Kind.ANSWER_CONTRADICTS);
    }

    @Test
    void opening_that_comes_to_nothing_is_given_up_after_a_while_and_the_window_may_be_opened() {
        world.gateway.openingOutcomes.add(new OpeningOutcome.Unknown("NO_CONNECTION"));
        open();

        int looks = checked.passUntil(id, NOON.plus(Duration.ofMinutes(30)), () -> {
            world.gateway.openingOutcomes.add(new OpeningOutcome.Unknown("NO_CONNECTION"));
            return NOTHING_THERE;
        });

        assertThat(looks).isLessThan(15);
        assertThat(world.payment().isAccountAsked()).isFalse();
        assertThat(world.status()).isEqualTo(PaymentStatus.REQUESTED);
        assertThat(world.openings.rows.values())
                .extracting(AccountOpening::code)
                .containsExactly("NO_CONNECTION");
        assertThat(world.clock.instant()).isAfterOrEqualTo(NOON.plus(Duration.ofMinutes(10)));
    }

    @Test
    void while_a_call_may_be_under_way_no_second_one_is_made() {
        world.gateway.meanwhile = () -> {
            world.gateway.meanwhile = () -> {};
            world.statusChecks.require(id, NOON);
            world.gateway.findings.add(NOTHING_THERE);
            checked.checks.runOnce();
        };
        answered(seenAccount());

        open();

        assertThat(world.gateway.asked).as("looks meanwhile").containsExactly(ORDER.value());
        assertThat(world.gateway.opened).hasSize(1);
        assertThat(world.status()).isEqualTo(PaymentStatus.WAITING_FOR_DEPOSIT);
    }

    @Test
    void account_of_an_order_called_off_meanwhile_is_closed() {
        world.gateway.meanwhile = () -> {
            world.gateway.meanwhile = () -> {};
            world.cancelPayment().orderCancelled(ORDER, PaymentFixture.TENANT);
        };
        answered(seenAccount());
        refused(this::open, ConfirmRefused.Reason.ORDER_CLOSED);

        world.gateway.closingOutcomes.add(closed());
        look(seenAccount());

        assertThat(world.status()).isEqualTo(PaymentStatus.CANCELED);
        assertThat(world.gateway.closed).hasSize(1);
        assertThat(world.published).extracting(Object::getClass).containsExactly(PaymentEvent.Canceled.class);
        assertThat(world.statusChecks.required).isEmpty();
    }

    @Test
    void account_whose_answer_was_lost_and_whose_order_was_called_off_is_found_and_closed() {
        world.gateway.openingOutcomes.add(new OpeningOutcome.Unknown("TIMEOUT"));
        open();
        world.cancelPayment().orderCancelled(ORDER, PaymentFixture.TENANT);
        look(NOTHING_THERE);
        assertThat(world.gateway.opened).as("nothing is asked for again").hasSize(1);

        world.gateway.closingOutcomes.add(closed());
        look(seenAccount());

        assertThat(world.status()).isEqualTo(PaymentStatus.CANCELED);
        assertThat(world.gateway.closed).hasSize(1);
        assertThat(world.payment().isAccountAsked()).isFalse();
    }

    @Test
    void account_of_a_closed_order_is_looked_at_again_if_its_closing_broke_off() {
        world.gateway.openingOutcomes.add(new OpeningOutcome.Unknown("TIMEOUT"));
        open();
        world.cancelPayment().orderCancelled(ORDER, PaymentFixture.TENANT);

        world.gateway.meanwhile = () -> {
            throw new IllegalStateException("the process ends");
        };
        assertThatThrownBy(() -> look(seenAccount())).hasMessage("the process ends");
        world.gateway.meanwhile = () -> {};

        world.gateway.closingOutcomes.add(closed());
        look(seenAccount());
        assertThat(world.gateway.closed).hasSize(2);
        assertThat(world.statusChecks.required).isEmpty();
    }

    @Test
    void until_an_account_is_taken_in_no_window_is_confirmed() {
        world.gateway.meanwhile = () -> {
            world.gateway.meanwhile = () -> {};
            // The buyer had opened a window before, which ends now.
            says(PaymentFixture.seen(State.EXPIRED));
        };
        answered(seenAccount());

        OpenAccount.Opened opened = open();

        assertThat(opened.payment().isAccountAsked()).isTrue();
        refused(() -> world.confirm(KEY), ConfirmRefused.Reason.ACCOUNT_ASKED_FOR);
        look(seenAccount());
        assertThat(world.status()).isEqualTo(PaymentStatus.WAITING_FOR_DEPOSIT);
        assertThat(world.gateway.opened).hasSize(1);
    }

    @Test
    void account_that_has_run_out_is_not_the_one_asked_for() {
        answered(seenAccount());
        open();
        says(PaymentFixture.seenRunOut());

        world.gateway.openingOutcomes.add(new OpeningOutcome.Happened(new Failure("DUPLICATED_ORDER_ID", null)));
        world.gateway.findings.add(PaymentFixture.seenRunOut());
        OpenAccount.Opened opened = open();

        assertThat(opened.refusal()).isEqualTo(new Failure("DUPLICATED_ORDER_ID", null));
        assertThat(opened.account()).isEmpty();
        assertThat(world.payment().isAccountAsked()).isFalse();
        assertThat(world.openings.rows.values())
                .extracting(AccountOpening::status)
                .containsExactly(AccountOpening.Status.OPENED, AccountOpening.Status.FAILED);
    }

    @Test
    void lost_answer_is_not_taken_for_an_account_that_has_run_out() {
        answered(seenAccount());
        open();
        says(PaymentFixture.seenRunOut());

        world.gateway.openingOutcomes.add(new OpeningOutcome.Unknown("TIMEOUT"));
        assertThat(open().account()).isEmpty();

        answered(new GatewayFinding.Seen(State.WAITING_FOR_DEPOSIT, PaymentFixture.anotherAccount(), null));
        look(PaymentFixture.seenRunOut());
        assertThat(world.status()).isEqualTo(PaymentStatus.WAITING_FOR_DEPOSIT);
        assertThat(world.payment().paymentKey()).isEqualTo(PaymentFixture.OTHER_KEY);
        assertThat(world.gateway.opened).hasSize(3);
    }

    @Test
    void answer_to_an_opening_given_up_since_ends_no_later_one() {
        world.gateway.meanwhile = () -> {
            world.gateway.meanwhile = () -> {};
            world.clock.set(NOON.plus(Duration.ofMinutes(11)));
            world.gateway.findings.add(NOTHING_THERE);
            checked.checks.runOnce();
            assertThat(world.payment().isAccountAsked()).isFalse();
            world.gateway.openingOutcomes.addFirst(new OpeningOutcome.Unknown("TIMEOUT"));
            CallRoom another = new CallRoom(Map.of(Operation.OPEN, 1));
            world.openAccount(another).open(request(world, DUE));
        };
        world.gateway.openingOutcomes.add(new OpeningOutcome.Declined(new Failure("INVALID_BANK", null)));

        OpenAccount.Opened opened = open();

        assertThat(opened.payment().isAccountAsked()).isTrue();
        assertThat(opened.refusal()).isNull();
        look(seenAccount());
        assertThat(world.openings.rows.values())
                .extracting(AccountOpening::status)
                .containsExactly(AccountOpening.Status.FAILED, AccountOpening.Status.OPENED);
    }

    @Test
    void after_ten_refusals_in_ten_minutes_toss_is_not_asked() {
        for (int i = 0; i < 10; i++) {
            world.gateway.openingOutcomes.add(new OpeningOutcome.Declined(new Failure("INVALID_BANK", null)));
            open();
        }

        refused(this::open, ConfirmRefused.Reason.TOO_MANY_ATTEMPTS);

        assertThat(world.gateway.opened).hasSize(10);
    }

    @Test
    void due_date_is_a_week_away_unless_another_is_wanted() {
        OpenAccount openAccount = world.openAccount();

        assertThat(openAccount.dueAt(null, null)).isEqualTo(NOON.plus(Duration.ofDays(7)));
        assertThat(openAccount.dueAt(null, Duration.ofDays(90))).isEqualTo(NOON.plus(Duration.ofDays(90)));
        assertThatThrownBy(() -> openAccount.dueAt(NOON, null)).hasMessageContaining("later than now");
        assertThatThrownBy(() -> openAccount.dueAt(NOON.plus(Duration.ofDays(91)), null))
                .hasMessageContaining("within 90 days");
        assertThatThrownBy(() -> openAccount.dueAt(DUE, Duration.ofHours(1))).hasMessageContaining("one of them");
    }

    private OpenAccount.Opened open() {
        return world.openAccount().open(request(world, DUE));
    }

    private static OpenAccount.Request request(World world, Instant dueAt) {
        return new OpenAccount.Request(
                PaymentFixture.CALLER, world.payment().id().toString(), "88", BUYER, dueAt);
    }

    /** Somebody asked Toss just now, by the order. */
    private void says(GatewayFinding finding) {
        world.settlePayment().finding(id, null, world.payment().version(), finding);
    }

    private void answered(GatewayFinding.Seen seen) {
        world.gateway.openingOutcomes.add(new OpeningOutcome.Answered(seen));
    }

    /** A status check takes place when it is due, and Toss says this. */
    private void look(GatewayFinding finding) {
        world.clock.set(Objects.requireNonNull(world.statusChecks.required.get(id)));
        world.gateway.findings.add(finding);
        assertThat(checked.checks.runOnce()).isEqualTo(1);
    }

    private static GatewayFinding.Seen seenAccount() {
        return (GatewayFinding.Seen) PaymentFixture.seenAccount(State.WAITING_FOR_DEPOSIT);
    }

    private static ClosingOutcome closed() {
        return new ClosingOutcome.Answered((GatewayFinding.Seen) PaymentFixture.seenAccount(State.CANCELED));
    }

    private static void refused(ThrowingCallable attempt, ConfirmRefused.Reason reason) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        ConfirmRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}
