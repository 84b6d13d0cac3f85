package dev.wonflow.payment.reconciliation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wonflow.audit.AuditTrail;
import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentDatabase;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.Merchant;
import dev.wonflow.payment.gateway.books.BooksNotRead;
import dev.wonflow.payment.gateway.books.ListedTransaction;
import dev.wonflow.payment.gateway.books.SettlementLine;
import dev.wonflow.payment.gateway.books.TossBooks;
import dev.wonflow.payment.ledger.Ledger;
import dev.wonflow.payment.payment.Payments;
import dev.wonflow.payment.payment.StatusChecks;
import dev.wonflow.payment.payment.Stray;
import dev.wonflow.payment.payment.Strays;
import dev.wonflow.payment.payment.World;
import dev.wonflow.payment.reconciliation.DayReport;
import dev.wonflow.payment.reconciliation.Difference;
import dev.wonflow.payment.reconciliation.Reconcile;
import dev.wonflow.payment.reconciliation.ReconciliationCase.Finding;
import dev.wonflow.payment.reconciliation.ReconciliationCases;
import dev.wonflow.payment.reconciliation.ReconciliationCases.Kept;
import dev.wonflow.payment.reconciliation.ReconciliationDays;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.SequentialIds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

/** Cycles over PostgreSQL, day by day, with books of Toss that can be made wrong. */
class ReconcileIT {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final int AMOUNT = 33_000;

    private final PaymentDatabase database = new PaymentDatabase();
    private final MutableClock clock = new MutableClock();
    private final SequentialIds ids = new SequentialIds();
    private final Toss toss = new Toss();
    private final World.PlannedStatusChecks statusChecks = new World.PlannedStatusChecks();
    private final World.NotedStrays strays = new World.NotedStrays();
    private AnnotationConfigApplicationContext context;
    private Reconcile reconcile;
    private ReconciliationCases cases;
    private ReconciliationDays days;
    private final AtomicInteger postingsLeft = new AtomicInteger(Integer.MAX_VALUE);
    private Runnable whilePosting = () -> {};
    private Runnable beforeStep = () -> {};
    private int payments;

    @BeforeEach
    void start() {
        context = instance();
        reconcile = context.getBean(Reconcile.class);
        cases = context.getBean(ReconciliationCases.class);
        days = context.getBean(ReconciliationDays.class);
        reconcile.runOnce();
    }

    /** One more over the same database and Toss. */
    private AnnotationConfigApplicationContext instance() {
        DataSource dataSource = database.server.dataSource();
        JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
        AnnotationConfigApplicationContext started = new AnnotationConfigApplicationContext();
        TestPropertyValues.of(
                        "wonflow.reconciliation.poll-interval=1h",
                        "wonflow.reconciliation.settlements=true",
                        "wonflow.reconciliation.fees.card.percent=3.4")
                .applyTo(started);
        started.register(Rooms.class);
        started.registerBean(JdbcTransactionManager.class, () -> transactions);
        started.registerBean(TransactionTemplate.class, () -> new TransactionTemplate(transactions) {
            @Override
            public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
                beforeStep.run();
                return super.execute(action);
            }
        });
        started.registerBean(JdbcClient.class, () -> JdbcClient.create(dataSource));
        started.registerBean(NamedParameterJdbcTemplate.class, () -> new NamedParameterJdbcTemplate(dataSource));
        started.registerBean(Clock.class, () -> clock);
        started.registerBean(IdSource.class, () -> ids);
        started.registerBean(Merchant.class, () -> new Merchant("test_ck_0001", false));
        started.registerBean(TossBooks.class, () -> toss);
        started.registerBean(StatusChecks.class, () -> statusChecks);
        started.registerBean(Strays.class, () -> strays);
        started.registerBean(AuditTrail.class, () -> _ -> {});
        started.registerBean(Payments.class, World.StoredPayments::new);
        started.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof Ledger ledger ? mortal(ledger) : bean;
            }
        });
        started.refresh();
        return started;
    }

    private Ledger mortal(Ledger ledger) {
        return entry -> {
            if (postingsLeft.decrementAndGet() == 0) {
                throw new Killed();
            }
            whilePosting.run();
            ledger.post(entry);
        };
    }

    @AfterEach
    void stop() {
        context.close();
    }

    @ComponentScan({"dev.wonflow.payment.reconciliation", "dev.wonflow.payment.ledger"})
    @ConfigurationPropertiesScan("dev.wonflow.payment.reconciliation")
    @EnableTransactionManagement
    static class Rooms {}

    @Test
    void clean_month_has_no_case_and_its_days_are_one_chain() {
        for (int day = 0; day < 31; day++) {
            int first = takeMoney();
            int second = takeMoney();
            giveBack(second, AMOUNT, "CANCELED");
            giveBack(first, 1_000, "PARTIAL_CANCELED");
            nextDay();
            assertThat(cases.newestFirst(null, 10)).isEmpty();
        }

        List<DayReport> closed = days.newestFirst(null, 100).reversed();
        assertThat(closed)
                .extracting(DayReport::day)
                .containsExactlyElementsOf(LocalDate.parse("2026-01-05")
                        .datesUntil(LocalDate.parse("2026-02-04"))
                        .toList());
        assertThat(closed).extracting(DayReport::previousHash).startsWith(DayReport.NONE);
        for (int i = 1; i < closed.size(); i++) {
            assertThat(closed.get(i).previousHash()).isEqualTo(closed.get(i - 1).hash());
        }
        assertThat(closed)
                .extracting(DayReport::figures)
                .containsOnly(closed.getFirst().figures());
        assertThat(closed.getFirst().figures())
                .isEqualTo(new DayReport.Figures(2, 66_000, 0, 34_000, 32_000, 1_088, 109, 30_803));
    }

    @Test
    void what_toss_settles_and_pays_out_is_posted_once() {
        int number = takeMoney();
        giveBack(number, 1_000, "PARTIAL_CANCELED");
        nextDay();
        assertThat(balance("FEES")).isZero();

        nextDay();
        nextDay();

        assertThat(balance("FEES")).isEqualTo(1_122 - 34);
        assertThat(balance("VAT_ON_FEES")).isEqualTo(112 - 3);
        assertThat(balance("REVENUE_CLEARING")).isEqualTo(-32_000);
        assertThat(balance("CUSTOMER_CLEARING")).isZero();
        assertThat(balance("PAYOUTS")).isZero();

        for (int day = 0; day < 5; day++) {
            nextDay();
        }
        assertThat(balance("PAYOUTS")).isEqualTo(32_000 - 1_088 - 109);
        assertThat(balance("PG_RECEIVABLE")).isZero();
        assertThat(database.jdbc
                        .sql("SELECT count(*) FROM ledger_entry WHERE reference IS NOT NULL")
                        .query(Long.class)
                        .single())
                .isEqualTo(4);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("injected")
    void wrong_won_is_found_by_the_next_cycle_names_its_payment_and_goes_when_it_is_right_again(
            Difference difference, Consumer<ReconcileIT> wrong, Consumer<ReconcileIT> right) {
        takeMoney();
        takeMoney();
        nextDay();
        assertThat(cases.newestFirst(null, 10)).isEmpty();

        wrong.accept(this);
        rest();
        reconcile.runOnce();

        assertThat(cases.newestFirst(null, 10)).singleElement().satisfies(kept -> {
            assertThat(kept.found().paymentId()).isEqualTo(id(1));
            assertThat(kept.found().findings()).extracting(Finding::difference).contains(difference);
            assertThat(kept.closedAt()).isNull();
        });

        right.accept(this);
        rest();
        reconcile.runOnce();

        assertThat(cases.newestFirst(null, 10))
                .singleElement()
                .satisfies(kept -> assertThat(kept.closedAt()).isNotNull());
    }

    static Stream<Arguments> injected() {
        return Stream.of(
                injection(
                        Difference.AMOUNT_DIFFERS,
                        it -> it.toss.list(1, Toss::oneWonMore),
                        it -> it.toss.list(1, Toss::oneWonLess)),
                injection(
                        Difference.FEE_DIFFERS,
                        it -> it.toss.settle(
                                1, line -> Toss.fee(line, line.fee().won() + 1)),
                        it -> it.toss.settle(
                                1, line -> Toss.fee(line, line.fee().won() - 1))),
                // Done by Toss, and neither answer nor webhook came: found, and taken in by a status check.
                injection(
                        Difference.REFUND_NOT_BOOKED,
                        it -> it.toss.back(1, AMOUNT, "CANCELED", it.clock.instant()),
                        it -> it.book(1, 0, "REFUNDED")),
                // In Toss's console.
                injection(
                        Difference.REFUND_NOT_BOOKED,
                        it -> it.toss.back(1, 500, "PARTIAL_CANCELED", it.clock.instant()),
                        it -> it.book(1, AMOUNT - 500, "PARTIALLY_REFUNDED")),
                injection(
                        Difference.REFUND_NOT_AT_TOSS,
                        it -> it.book(1, 0, "REFUNDED"),
                        it -> it.toss.back(1, AMOUNT, "CANCELED", it.clock.instant())),
                injection(
                        Difference.SECOND_CAPTURE,
                        it -> it.toss.take(1, "key_again_1", it.clock.instant()),
                        it -> it.toss.back(1, "key_again_1", AMOUNT, "CANCELED", it.clock.instant())));
    }

    private static Arguments injection(
            Difference difference, Consumer<ReconcileIT> wrong, Consumer<ReconcileIT> right) {
        return Arguments.of(difference, wrong, right);
    }

    @Test
    void payment_whose_money_differs_is_asked_about_and_no_other_is() {
        takeMoney();
        takeMoney();
        takeMoney();
        toss.back(2, 500, "PARTIAL_CANCELED", clock.instant());
        toss.settle(3, line -> Toss.fee(line, line.fee().won() + 1));

        nextDay();

        assertThat(cases.newestFirst(null, 10)).hasSize(2);
        assertThat(statusChecks.required).containsOnlyKeys(id(2));
    }

    @Test
    void second_capture_is_given_back_unless_somebody_has_explained_it() {
        takeMoney();
        toss.take(1, "key_again_1", clock.instant());
        toss.back(1, "key_again_1", 1_000, "PARTIAL_CANCELED", clock.instant().plusSeconds(1));

        nextDay();

        assertThat(strays.rows.values())
                .containsExactly(new Stray(
                        new PaymentKey("key_again_1"), Money.ofWon(AMOUNT - 1_000), Stray.Reason.SECOND_CAPTURE));
        assertThat(statusChecks.required).isEmpty();
        strays.rows.clear();
        cases.explain(cases.newestFirst(null, 1).getFirst().id(), "two orders, told us by telephone", "kim");
        nextDay();
        assertThat(strays.rows).isEmpty();
    }

    @Test
    void what_came_and_went_of_another_amount_under_the_key_of_an_attempt_is_no_difference() {
        takeMoney();
        PaymentId unpaid = database.payment(++payments);
        database.jdbc
                .sql("UPDATE payment SET status = 'FAILED', payment_key = 'key_of_100_won', failure_code = 'CANCELED',"
                        + " version = version + 1 WHERE id = ?")
                .param(unpaid.value())
                .update();
        database.jdbc.sql("""
                INSERT INTO stray_capture (id, payment_id, order_id, tenant_id, payment_key, reason, status, amount_won,
                                           origin, found_at, changed_at)
                SELECT gen_random_uuid(), id, order_id, tenant_id, payment_key, 'AMOUNT_DIFFERS', 'REFUNDED', 33000,
                    'EXTERNAL', now(), now()
                FROM payment WHERE id = ?
                """).param(unpaid.value()).update();
        toss.take(2, "key_of_100_won", clock.instant());
        toss.back(2, "key_of_100_won", AMOUNT, "CANCELED", clock.instant().plusSeconds(1));

        nextDay();

        assertThat(cases.newestFirst(null, 10)).isEmpty();
    }

    /** It is looked at four times a day at least, and may have come to count long before. */
    @Test
    void stray_capture_that_has_come_to_count_is_no_difference_before_it_is_looked_at() {
        takeMoney();
        database.jdbc.sql("""
                INSERT INTO stray_capture (id, payment_id, order_id, tenant_id, payment_key, reason, status, amount_won,
                                           found_at, changed_at)
                SELECT gen_random_uuid(), id, order_id, tenant_id, payment_key, 'SECOND_CAPTURE', 'FOUND', 33000, now(),
                    now()
                FROM payment WHERE id = ?
                """).param(id(1).value()).update();

        nextDay();

        assertThat(cases.newestFirst(null, 10)).isEmpty();
    }

    @Test
    void payment_whose_difference_is_explained_is_not_asked_about_again() {
        takeMoney();
        toss.list(1, Toss::oneWonMore);
        nextDay();
        Kept found = cases.newestFirst(null, 1).getFirst();
        cases.explain(found.id(), "Toss writes to us that it was its mistake", "kim");
        statusChecks.required.clear();

        nextDay();

        assertThat(cases.find(found.id()))
                .hasValueSatisfying(kept -> assertThat(kept.closedAt()).isNull());
        assertThat(statusChecks.required).isEmpty();
    }

    @Test
    void day_with_a_case_stays_open_until_somebody_explains_it() {
        takeMoney();
        toss.list(1, Toss::oneWonMore);
        nextDay();
        nextDay();
        nextDay();
        Kept found = cases.newestFirst(null, 1).getFirst();
        assertThat(days.newestFirst(null, 10)).isEmpty();

        cases.explain(found.id(), "Toss writes to us that it was its mistake", "kim");
        nextDay();

        assertThat(days.newestFirst(null, 10)).extracting(DayReport::day).contains(LocalDate.parse("2026-01-05"));
    }

    @Test
    void day_is_not_closed_over_an_order_that_moves_and_was_not_compared() {
        int number = takeMoney();
        nextDay();
        clock.advance(Duration.ofHours(23));
        giveBack(number, 1_000, "PARTIAL_CANCELED");

        assertThat(reconcile.runOnce()).isTrue();
        assertThat(days.newestFirst(null, 10)).isEmpty();

        rest();
        assertThat(reconcile.runOnce()).isTrue();
        assertThat(days.newestFirst(null, 10)).extracting(DayReport::day).contains(LocalDate.parse("2026-01-05"));
    }

    @Test
    void day_of_thousands_of_settlements_is_posted_in_steps_and_goes_on_where_it_was_killed() {
        takeMoneyOf(5_000);
        nextDay();
        clock.advance(Duration.ofDays(1));

        killedBeforePosting(1);
        assertThat(settled()).isZero();
        // The day closes from the books it was judged by.
        toss.settle(1, line -> Toss.fee(line, line.fee().won() + 1));
        killedBeforePosting(501);
        assertThat(settled()).isEqualTo(500);
        killedBeforePosting(1_999);
        assertThat(settled()).isEqualTo(2_000);
        killedBeforePosting(2_750);
        assertThat(settled()).isEqualTo(4_500);
        assertThat(days.newestFirst(null, 10)).isEmpty();

        database.server.execute("ALTER TABLE reconciliation_day ADD CONSTRAINT killed CHECK (false) NOT VALID");
        rest();
        assertThatThrownBy(reconcile::runOnce).hasMessageContaining("killed");
        assertThat(settled()).isEqualTo(5_000);
        assertThat(days.newestFirst(null, 10)).isEmpty();

        database.server.execute("ALTER TABLE reconciliation_day DROP CONSTRAINT killed");
        rest();
        assertThat(reconcile.runOnce()).isTrue();

        assertThat(settled()).isEqualTo(5_000);
        assertThat(balance("FEES")).isEqualTo(5_000 * 1_122);
        assertThat(days.newestFirst(null, 10))
                .singleElement()
                .satisfies(day -> assertThat(day.figures())
                        .isEqualTo(new DayReport.Figures(
                                5_000, 165_000_000, 0, 0, 165_000_000, 5_610_000, 560_000, 158_830_000)));
        assertThat(mostInOneTransaction()).isEqualTo(500);

        for (int day = 0; day < 5; day++) {
            nextDay();
        }
        assertThat(balance("PG_RECEIVABLE")).isZero();
        assertThat(mostInOneTransaction()).isEqualTo(500);
    }

    @Test
    void closing_that_another_instance_comes_to_as_well_is_posted_once_and_ends_no_cycle() {
        takeMoneyOf(3);
        nextDay();
        clock.advance(Duration.ofDays(1));
        AtomicReference<CompletableFuture<Boolean>> other = new AtomicReference<>();
        try (AnnotationConfigApplicationContext second = instance();
                ExecutorService instances = Executors.newVirtualThreadPerTaskExecutor()) {
            whilePosting = () -> {
                whilePosting = () -> {};
                rest();
                other.set(CompletableFuture.supplyAsync(second.getBean(Reconcile.class)::runOnce, instances));
                await().atMost(Duration.ofSeconds(20)).until(this::waitingForALock, waiting -> waiting == 1);
            };
            rest();

            assertThat(reconcile.runOnce()).isTrue();
            assertThat(other.get().join()).isTrue();
        }

        assertThat(settled()).isEqualTo(3);
        assertThat(balance("FEES")).isEqualTo(3 * 1_122);
        assertThat(days.newestFirst(null, 10))
                .extracting(DayReport::day)
                .containsExactly(LocalDate.parse("2026-01-05"));
    }

    /** It began with the same days, and is as far as another was before. */
    @Test
    void instance_that_comes_to_a_closed_day_keeps_no_other_from_closing_the_next_one() {
        LocalDate first = LocalDate.parse("2026-01-05");
        takeMoney();
        rest();
        clock.advance(Duration.ofDays(3));
        beforeStep = () -> {
            if (days.closing().filter(first.plusDays(1)::equals).isPresent()) {
                beforeStep = () -> {};
                context.getBean(TransactionTemplate.class).executeWithoutResult(_ -> {
                    days.takeStep();
                    days.beginClosing(first);
                });
            }
        };

        assertThat(reconcile.runOnce()).isTrue();

        assertThat(days.newestFirst(null, 10)).extracting(DayReport::day).containsExactly(first.plusDays(1), first);
    }

    private long waitingForALock() {
        return database.jdbc.sql("""
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock'
                """).query(Long.class).single();
    }

    @Test
    void day_that_the_version_before_closed_meanwhile_is_over() {
        takeMoney();
        nextDay();
        nextDay();
        takeMoney();
        database.server.execute("UPDATE reconciliation_turn SET closing = '2026-01-05'");

        nextDay();
        nextDay();

        assertThat(days.newestFirst(null, 10))
                .extracting(DayReport::day)
                .containsExactly(
                        LocalDate.parse("2026-01-07"), LocalDate.parse("2026-01-06"), LocalDate.parse("2026-01-05"));
    }

    @Test
    void closed_day_cannot_be_changed() {
        takeMoney();
        nextDay();
        nextDay();
        assertThat(days.newestFirst(null, 10)).isNotEmpty();

        for (String change : List.of(
                "UPDATE reconciliation_day SET captured_won = 1",
                "DELETE FROM reconciliation_day",
                "TRUNCATE reconciliation_day")) {
            assertThatThrownBy(() -> database.jdbc.sql(change).update()).hasMessageContaining("expected: INSERT only");
        }
    }

    @Test
    void what_moves_while_the_books_are_read_is_compared_later() {
        clock.advance(Duration.ofMinutes(59));
        takeMoney();
        book(1, 0, "REFUNDED");
        clock.advance(Duration.ofMinutes(1));

        assertThat(reconcile.runOnce()).isTrue();
        assertThat(cases.newestFirst(null, 10)).isEmpty();

        rest();
        reconcile.runOnce();
        assertThat(cases.newestFirst(null, 10)).hasSize(1);
    }

    @Test
    void payment_of_before_the_first_cycle_is_not_compared() {
        clock.advance(Duration.ofDays(-1));
        takeMoney();
        clock.advance(Duration.ofDays(1));
        book(1, 0, "REFUNDED");

        nextDay();

        assertThat(cases.newestFirst(null, 10)).isEmpty();
    }

    @Test
    void settlement_of_a_refund_is_not_posted_if_that_of_its_capture_never_was() {
        clock.advance(Duration.ofDays(-1));
        takeMoney();
        clock.advance(Duration.ofDays(1));
        giveBack(1, AMOUNT, "CANCELED");

        nextDay();
        nextDay();

        assertThat(days.newestFirst(null, 10)).isNotEmpty();
        assertThat(balance("REVENUE_CLEARING")).isZero();
        assertThat(balance("CUSTOMER_CLEARING")).isZero();
    }

    @Test
    void books_that_cannot_be_read_change_nothing_and_are_read_again_at_once() {
        rest();
        toss.away = true;
        assertThatThrownBy(reconcile::runOnce).isInstanceOf(BooksNotRead.class);
        assertThat(cases.newestFirst(null, 10)).isEmpty();

        toss.away = false;

        assertThat(reconcile.runOnce()).isTrue();
        assertThat(reconcile.runOnce()).as("a second time within the hour").isFalse();
    }

    @Test
    void turn_that_another_instance_took_while_the_books_were_not_read_stays_taken() {
        try (AnnotationConfigApplicationContext second = instance()) {
            rest();
            toss.away = true;
            toss.meanwhile = () -> {
                toss.away = false;
                rest();
                assertThat(second.getBean(Reconcile.class).runOnce()).isTrue();
                toss.away = true;
            };
            assertThatThrownBy(reconcile::runOnce).isInstanceOf(BooksNotRead.class);

            toss.away = false;
            assertThat(reconcile.runOnce()).as("a second time within the hour").isFalse();
        }
    }

    @Test
    void of_instances_that_come_at_once_one_takes_the_turn() throws SQLException {
        takeMoney();
        try (AnnotationConfigApplicationContext second = instance();
                Connection meanwhile = database.server.connect();
                ExecutorService instances = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 20; round++) {
                rest();
                int before = toss.readings.get();
                meanwhile.setAutoCommit(false);
                meanwhile.createStatement().execute("SELECT FROM reconciliation_turn FOR UPDATE");
                List<CompletableFuture<Boolean>> turns = Stream.of(reconcile, second.getBean(Reconcile.class))
                        .map(instance -> CompletableFuture.supplyAsync(instance::runOnce, instances))
                        .toList();
                await().atMost(Duration.ofSeconds(20)).until(this::waitingForTheTurn, waiting -> waiting == 2);
                meanwhile.rollback();

                assertThat(turns.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(true, false);
                assertThat(toss.readings.get() - before).as("readings").isOne();
            }
        }
    }

    private long waitingForTheTurn() {
        return database.jdbc.sql("""
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'UPDATE reconciliation_turn%'
                """).query(Long.class).single();
    }

    private int takeMoney() {
        int number = ++payments;
        PaymentId id = database.payment(number);
        Instant now = clock.instant();
        database.jdbc
                .sql("UPDATE payment SET status = 'PAID', payment_key = ?, balance_won = amount_won, approved_at = ?,"
                        + " changed_at = ?, version = version + 1 WHERE id = ?")
                .params(key(number), now.atOffset(ZoneOffset.UTC), now.atOffset(ZoneOffset.UTC), id.value())
                .update();
        toss.take(number, key(number), now);
        return number;
    }

    /** Of that many at once. */
    private void takeMoneyOf(int count) {
        database.jdbc
                .sql("""
                INSERT INTO payment (id, order_id, tenant_id, order_name, amount_won, livemode, status, requested_at,
                                     changed_at, version, payment_key, balance_won, approved_at)
                SELECT CAST('00000000-0000-7000-8000-' || lpad(to_hex(number), 12, '0') AS uuid), 'order_' || number,
                    'default', '머그컵', 33000, false, 'PAID', :now, :now, 2, 'key_of_' || number, 33000, :now
                FROM generate_series(1, :count) AS number
                """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("count", count)
                .update();
        for (int number = 1; number <= count; number++) {
            toss.take(number, key(number), clock.instant());
        }
    }

    /** A cycle that ends as one whose process is killed, before the transaction of that posting of its commits. */
    private void killedBeforePosting(int number) {
        rest();
        postingsLeft.set(number);
        assertThatThrownBy(reconcile::runOnce).isInstanceOf(Killed.class);
        postingsLeft.set(Integer.MAX_VALUE);
    }

    /** What a process dies of here. */
    private static final class Killed extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    private long settled() {
        return database.jdbc
                .sql("SELECT count(*) FROM ledger_entry WHERE kind = 'SETTLED'")
                .query(Long.class)
                .single();
    }

    private long mostInOneTransaction() {
        return database.jdbc.sql("""
                SELECT max(entries) FROM (
                    SELECT count(*) AS entries FROM ledger_entry WHERE reference IS NOT NULL GROUP BY xmin::text
                ) AS transactions
                """).query(Long.class).single();
    }

    private void giveBack(int number, int won, String status) {
        clock.advance(Duration.ofMinutes(1));
        toss.back(number, won, status, clock.instant());
        book(number, AMOUNT - won, status.equals("CANCELED") ? "REFUNDED" : "PARTIALLY_REFUNDED");
    }

    private void book(int number, int balance, String status) {
        database.jdbc
                .sql(
                        "UPDATE payment SET status = ?, balance_won = ?, changed_at = ?, version = version + 1 WHERE id = ?")
                .params(
                        status,
                        balance,
                        clock.instant().atOffset(ZoneOffset.UTC),
                        id(number).value())
                .update();
    }

    /** Past the hour of a cycle, and longer than what moves is left alone. */
    private void rest() {
        clock.advance(Duration.ofHours(1));
    }

    /** At noon, after one cycle. */
    private void nextDay() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), SEOUL);
        clock.set(today.plusDays(1).atTime(12, 0).atZone(SEOUL).toInstant());
        assertThat(reconcile.runOnce()).isTrue();
    }

    private long balance(String account) {
        return database.jdbc
                .sql("SELECT coalesce(sum(amount_won), 0)::bigint FROM ledger_posting WHERE account = ?")
                .param(account)
                .query(Long.class)
                .single();
    }

    private static PaymentId id(int number) {
        return new PaymentId(SequentialIds.id(number));
    }

    private static OrderId order(int number) {
        return new OrderId("order_" + number);
    }

    private static String key(int number) {
        return "key_of_" + number;
    }

    /** Books as Toss keeps them. */
    private static final class Toss implements TossBooks {

        private final List<ListedTransaction> listed = new ArrayList<>();
        private final List<SettlementLine> settled = new ArrayList<>();
        private final AtomicInteger readings = new AtomicInteger();
        private boolean away;
        private Runnable meanwhile = () -> {};

        @Override
        public List<ListedTransaction> transactions(LocalDate from, LocalDate to) {
            Runnable now = meanwhile;
            meanwhile = () -> {};
            now.run();
            if (away) {
                throw new BooksNotRead("Toss is away");
            }
            readings.incrementAndGet();
            return listed.stream()
                    .filter(line -> isWithin(LocalDate.ofInstant(line.at(), SEOUL), from, to))
                    .toList();
        }

        @Override
        public List<SettlementLine> settlements(LocalDate from, LocalDate to) {
            return settled.stream()
                    .filter(line -> isWithin(line.soldOn(), from, to))
                    .toList();
        }

        private static boolean isWithin(LocalDate day, LocalDate from, LocalDate to) {
            return !day.isBefore(from) && !day.isAfter(to);
        }

        void take(int number, String key, Instant at) {
            add(number, key, AMOUNT, "DONE", at);
        }

        void back(int number, int won, String status, Instant at) {
            back(number, key(number), won, status, at);
        }

        void back(int number, String key, int won, String status, Instant at) {
            add(number, key, won, status, at);
        }

        private void add(int number, String key, int won, String status, Instant at) {
            String transaction = "txn_" + (listed.size() + 1);
            listed.add(new ListedTransaction(
                    transaction, order(number), new PaymentKey(key), status, Money.ofWon(won), at));
            LocalDate day = LocalDate.ofInstant(at, SEOUL);
            SettlementLine line = new SettlementLine(
                    transaction,
                    order(number),
                    "카드",
                    !status.equals("DONE"),
                    Money.ofWon(won),
                    Money.ZERO,
                    Money.ZERO,
                    Money.ZERO,
                    0,
                    day,
                    day.plusDays(6));
            settled.add(fee(line, rounded(won, "0.034")));
        }

        void list(int number, UnaryOperator<ListedTransaction> change) {
            listed.replaceAll(line -> line.orderId().equals(order(number)) ? change.apply(line) : line);
        }

        void settle(int number, UnaryOperator<SettlementLine> change) {
            settled.replaceAll(line -> line.orderId().equals(order(number)) ? change.apply(line) : line);
        }

        static ListedTransaction oneWonMore(ListedTransaction line) {
            return listing(line, line.amount().won() + 1);
        }

        static ListedTransaction oneWonLess(ListedTransaction line) {
            return listing(line, line.amount().won() - 1);
        }

        private static ListedTransaction listing(ListedTransaction line, long won) {
            return new ListedTransaction(
                    line.key(), line.orderId(), line.paymentKey(), line.status(), Money.ofWon(won), line.at());
        }

        static SettlementLine fee(SettlementLine line, long fee) {
            long vat = rounded(fee, "0.1");
            return new SettlementLine(
                    line.transactionKey(),
                    line.orderId(),
                    line.method(),
                    line.back(),
                    line.amount(),
                    Money.ofWon(fee),
                    Money.ZERO,
                    Money.ofWon(vat),
                    line.amount().won() - fee - vat,
                    line.soldOn(),
                    line.paidOutOn());
        }

        private static long rounded(long won, String part) {
            return BigDecimal.valueOf(won)
                    .multiply(new BigDecimal(part))
                    .setScale(0, RoundingMode.HALF_UP)
                    .longValueExact();
        }
    }
}
