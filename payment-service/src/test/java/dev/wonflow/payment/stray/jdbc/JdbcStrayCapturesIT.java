package dev.wonflow.payment.stray.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentDatabase;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.Uncertainty;
import dev.wonflow.payment.payment.PastStrays;
import dev.wonflow.payment.payment.RefundOrigin;
import dev.wonflow.payment.payment.Stray;
import dev.wonflow.payment.stray.StrayCapture;
import dev.wonflow.payment.stray.StrayCaptureId;
import dev.wonflow.payment.stray.StrayCaptureStatus;
import dev.wonflow.payment.stray.StrayWork;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.runtime.trace.Trace;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.SequentialIds;
import dev.wonflow.work.Claim;
import dev.wonflow.work.WorkTable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

class JdbcStrayCapturesIT {

    private static final Instant NOON = MutableClock.START;
    private static final PaymentKey KEY = new PaymentKey("wonfl20260105120500zZ9y8");
    private static final PaymentKey OTHER_KEY = new PaymentKey("wonfl20260105120600aA1b2");
    private static final StrayCapture.Call CALL =
            new StrayCapture.Call(2, Money.ofWon(32_000), NOON.plusSeconds(1), true);

    private static PaymentDatabase database;
    private static PaymentId payment;

    private WorkTable work;
    private JdbcStrayCaptures strays;

    @BeforeAll
    static void createTables() {
        database = new PaymentDatabase();
        payment = database.payment(1);
    }

    @BeforeEach
    void startEmpty() {
        database.server.execute("TRUNCATE stray_capture, work");
        work = new WorkTable(database.jdbc, database.transaction, new MutableClock(), Trace.passedOn());
        strays = new JdbcStrayCaptures(database.jdbc, work);
    }

    @Test
    void every_state_is_read_as_it_was_stored() {
        StrayCapture found = aStray(1, KEY, StrayCaptureStatus.FOUND, null, null, null, null);
        assertThat(strays.add(found)).isTrue();
        assertThat(strays.find(found.id())).contains(found);

        for (StrayCapture next : new StrayCapture[] {
            aStray(1, KEY, StrayCaptureStatus.UNKNOWN, CALL, null, null, null),
            aStray(1, KEY, StrayCaptureStatus.LEFT, CALL, null, null, "EXCEED_MAX_REFUND_DUE"),
            aStray(1, KEY, StrayCaptureStatus.REFUNDED, CALL, RefundOrigin.AUTOMATIC, "txrd_1", null),
            aStray(1, KEY, StrayCaptureStatus.COUNTED, null, null, null, null),
            aStray(1, KEY, StrayCaptureStatus.NOT_HELD, null, null, null, null)
        }) {
            strays.save(next);
            assertThat(strays.find(KEY)).contains(next);
        }
    }

    @Test
    void of_one_payment_key_there_is_one() {
        assertThat(strays.add(aStray(1, KEY, StrayCaptureStatus.FOUND, null, null, null, null)))
                .isTrue();
        assertThat(strays.add(aStray(2, KEY, StrayCaptureStatus.FOUND, null, null, null, null)))
                .isFalse();
        assertThat(strays.add(aStray(3, OTHER_KEY, StrayCaptureStatus.FOUND, null, null, null, null)))
                .isTrue();

        assertThat(strays.find(new StrayCaptureId(SequentialIds.id(2)))).isEmpty();
    }

    @Test
    void database_takes_none_that_went_back_by_us_without_a_cancel_at_toss() {
        strays.add(aStray(1, KEY, StrayCaptureStatus.FOUND, null, null, null, null));

        assertThatThrownBy(() -> strays.save(
                        aStray(1, KEY, StrayCaptureStatus.REFUNDED, CALL, RefundOrigin.AUTOMATIC, null, null)))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void one_that_is_left_to_a_person_does_not_hold_up_another_of_the_payment() {
        strays.plan(new StrayCaptureId(SequentialIds.id(1)), NOON.plus(Duration.ofHours(6)));
        strays.plan(new StrayCaptureId(SequentialIds.id(2)), NOON);

        assertThat(work.claim(StrayWork.KIND, NOON, NOON.plusSeconds(60), 2))
                .extracting(Claim::id)
                .containsExactly(SequentialIds.id(2).toString());
    }

    @Test
    void history_shows_them_in_the_order_they_were_found_in() {
        strays.add(aStray(2, OTHER_KEY, StrayCaptureStatus.FOUND, null, null, null, null));
        strays.add(aStray(1, KEY, StrayCaptureStatus.FOUND, null, null, null, null));

        assertThat(new JdbcPastStrays(database.jdbc).of(payment))
                .extracting(PastStrays.PastStray::paymentKey, PastStrays.PastStray::status)
                .containsExactly(tuple(KEY, "found"), tuple(OTHER_KEY, "found"));
    }

    @Test
    void gauges_tell_what_is_held_and_for_how_long() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        MutableClock clock = new MutableClock();
        new StrayCaptureMetrics(database.jdbc, clock).bindTo(meters);
        assertThat(meters.get("wonflow.stray.held").gauge().value()).isZero();
        assertThat(meters.get("wonflow.stray.age").gauge().value()).isZero();
        strays.add(aStray(1, KEY, StrayCaptureStatus.FOUND, null, null, null, null));
        strays.add(aStray(2, OTHER_KEY, StrayCaptureStatus.FOUND, null, null, null, null));
        strays.save(aStray(2, OTHER_KEY, StrayCaptureStatus.COUNTED, null, null, null, null));

        clock.advance(Duration.ofMinutes(10));

        assertThat(meters.get("wonflow.stray.held").gauge().value()).isEqualTo(33_000);
        assertThat(meters.get("wonflow.stray.age").gauge().value()).isEqualTo(599);
    }

    private static StrayCapture aStray(
            int number,
            PaymentKey key,
            StrayCaptureStatus status,
            StrayCapture.@Nullable Call call,
            @Nullable RefundOrigin origin,
            @Nullable String transactionKey,
            @Nullable String code) {
        return new StrayCapture(
                new StrayCaptureId(SequentialIds.id(number)),
                payment,
                new OrderId("order_1"),
                new TenantId("default"),
                key,
                Stray.Reason.SECOND_CAPTURE,
                status,
                Money.ofWon(33_000),
                call,
                call == null ? Uncertainty.NONE : new Uncertainty(3, 2, 1),
                origin,
                transactionKey,
                code,
                NOON.plusSeconds(number),
                NOON.plusSeconds(status == StrayCaptureStatus.FOUND ? number : 10));
    }
}
