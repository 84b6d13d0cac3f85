package dev.wonflow.payment.refund.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentDatabase;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.AccountSeal;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.RefundAccount;
import dev.wonflow.payment.gateway.Uncertainty;
import dev.wonflow.payment.payment.RefundOrigin;
import dev.wonflow.payment.refund.Refund;
import dev.wonflow.payment.refund.RefundId;
import dev.wonflow.payment.refund.RefundStatus;
import dev.wonflow.payment.refund.RefundWork;
import dev.wonflow.runtime.trace.Trace;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.SequentialIds;
import dev.wonflow.work.Claim;
import dev.wonflow.work.WorkTable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;

class JdbcRefundsIT {

    private static final Instant NOON = MutableClock.START;
    private static final PaymentKey KEY = new PaymentKey("wonfl20260105120001aB3x9");
    private static final RefundAccount ACCOUNT = new RefundAccount("88", "110123456789", "김하늘");

    private static PaymentDatabase database;
    private static PaymentId payment;

    private WorkTable work;
    private JdbcRefunds refunds;

    @BeforeAll
    static void createTables() {
        database = new PaymentDatabase();
        payment = database.payment(1);
    }

    @BeforeEach
    void startEmpty() {
        database.server.execute("TRUNCATE refund, refund_approval, work");
        work = new WorkTable(database.jdbc, database.transaction, new MutableClock(), Trace.passedOn());
        refunds = new JdbcRefunds(database.jdbc, work, new Named());
    }

    @Test
    void every_state_is_read_as_it_was_stored() {
        Refund requested = aRefund(1, RefundStatus.REQUESTED, null, null, null);
        refunds.add(requested, null);
        assertThat(refunds.find(requested.id())).contains(requested);
        Refund.Call call = new Refund.Call(2, Money.ofWon(33_000), NOON.plusSeconds(1), true);

        for (Refund next : new Refund[] {
            aRefund(1, RefundStatus.UNKNOWN, call, null, null),
            aRefund(1, RefundStatus.DONE, call, "txrd_1", null),
            aRefund(1, RefundStatus.FAILED, call, null, new Failure("REFUND_REJECTED", "거절"))
        }) {
            refunds.save(next);
            assertThat(refunds.find(requested.id())).contains(next);
        }
    }

    @Test
    void open_refunds_come_in_the_order_they_were_asked_for() {
        refunds.add(aRefund(2, RefundStatus.REQUESTED, null, null, null), null);
        refunds.add(aRefund(3, RefundStatus.REQUESTED, null, null, null), null);
        refunds.save(
                aRefund(3, RefundStatus.DONE, new Refund.Call(1, Money.ofWon(33_000), NOON, true), "txrd_1", null));

        assertThat(refunds.open(payment)).extracting(Refund::id).containsExactly(new RefundId(SequentialIds.id(2)));
        assertThat(refunds.transactionKeys(KEY)).containsExactly("txrd_1");
        assertThat(refunds.lastCallAt(payment)).contains(NOON);
    }

    @Test
    void request_with_a_key_finds_its_refund_until_that_comes_to_nothing() {
        Refund refund = aRefund(1, RefundStatus.REQUESTED, null, null, null);
        refunds.add(refund, null);

        assertThat(refunds.find(payment, "key-1")).contains(refund);
        refunds.save(aRefund(1, RefundStatus.FAILED, null, null, new Failure("NOT_CANCELABLE_AMOUNT", null)));
        assertThat(refunds.find(payment, "key-1")).isEmpty();
    }

    @Test
    void cancel_of_toss_can_be_one_refund_only() {
        refunds.add(anExternal(1), null);

        assertThatThrownBy(() -> refunds.add(anExternal(2), null)).isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void database_takes_no_refund_that_is_done_without_a_call() {
        refunds.add(aRefund(1, RefundStatus.REQUESTED, null, null, null), null);

        assertThatThrownBy(() -> refunds.save(aRefund(1, RefundStatus.DONE, null, "txrd_1", null)))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void account_is_there_until_the_refund_ends() {
        Refund refund = aRefund(1, RefundStatus.REQUESTED, null, null, null);
        refunds.add(refund, ACCOUNT);
        assertThat(refunds.account(refund.id())).contains(ACCOUNT);

        refunds.save(aRefund(1, RefundStatus.FAILED, null, null, new Failure("NOT_CANCELABLE_AMOUNT", null)));

        assertThat(refunds.account(refund.id())).isEmpty();
        assertThat(database.jdbc
                        .sql("SELECT count(account) FROM refund")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void planned_refund_is_work_with_its_payment_as_the_key() {
        refunds.plan(new RefundId(SequentialIds.id(1)), payment, NOON);

        assertThat(work.claim(RefundWork.KIND, NOON, NOON.plusSeconds(60), 1))
                .extracting(Claim::id, Claim::key)
                .containsExactly(tuple(SequentialIds.id(1).toString(), payment.toString()));
    }

    private static Refund aRefund(
            int number,
            RefundStatus status,
            Refund.@Nullable Call call,
            @Nullable String transactionKey,
            @Nullable Failure failure) {
        return new Refund(
                new RefundId(SequentialIds.id(number)),
                payment,
                KEY,
                RefundOrigin.REQUESTED,
                status,
                Money.ofWon(12_000),
                Money.ofWon(1_000),
                "고객 변심",
                "key-" + number,
                call,
                call == null ? Uncertainty.NONE : new Uncertainty(3, 2, 1),
                transactionKey,
                failure,
                NOON,
                NOON.plusSeconds(number));
    }

    private static Refund anExternal(int number) {
        return new Refund(
                new RefundId(SequentialIds.id(number)),
                payment,
                KEY,
                RefundOrigin.EXTERNAL,
                RefundStatus.DONE,
                Money.ofWon(1_000),
                Money.ZERO,
                null,
                null,
                null,
                Uncertainty.NONE,
                "txrd_console",
                null,
                NOON,
                NOON);
    }

    /** Seals nothing. */
    private static final class Named implements AccountSeal {

        @Override
        public byte[] seal(RefundAccount account, String of) {
            return (account.bank() + "," + account.accountNumber() + "," + account.holderName())
                    .getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Optional<RefundAccount> open(byte[] sealed, String of) {
            String[] parts = new String(sealed, StandardCharsets.UTF_8).split(",", -1);
            return Optional.of(new RefundAccount(parts[0], parts[1], parts[2]));
        }
    }
}
