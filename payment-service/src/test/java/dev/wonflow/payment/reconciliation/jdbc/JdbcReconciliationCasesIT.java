package dev.wonflow.payment.reconciliation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentDatabase;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.reconciliation.Difference;
import dev.wonflow.payment.reconciliation.ReconciliationCase;
import dev.wonflow.payment.reconciliation.ReconciliationCase.Finding;
import dev.wonflow.payment.reconciliation.ReconciliationCases;
import dev.wonflow.payment.reconciliation.ReconciliationCases.Kept;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.SequentialIds;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcReconciliationCasesIT {

    private static final OrderId ORDER = new OrderId("order_1");
    private static final Finding REFUND = new Finding(Difference.REFUND_NOT_BOOKED, "환불 500 KRW");
    private static final Finding FEE = new Finding(Difference.FEE_DIFFERS, "fee 30 KRW (expected: a fee of 29 KRW)");

    private static PaymentDatabase database;
    private static PaymentId payment;
    private static JdbcReconciliationCases cases;

    private final MutableClock clock = new MutableClock();

    @BeforeAll
    static void createTables() {
        database = new PaymentDatabase();
        payment = database.payment(1);
        cases = new JdbcReconciliationCases(database.jdbc, new SequentialIds());
    }

    @BeforeEach
    void forget() {
        database.server.execute("TRUNCATE reconciliation_finding, reconciliation_case");
    }

    @Test
    void what_is_found_is_open_until_the_books_agree_again() {
        note(aCase(FEE, REFUND));

        assertThat(open()).containsExactly(aCase(FEE, REFUND));

        note();

        assertThat(open()).isEmpty();
        assertThat(count("closed_at IS NOT NULL")).isOne();
    }

    @Test
    void what_is_found_again_is_the_same_case_and_says_what_is_found_now() {
        note(aCase(FEE, REFUND));
        note(aCase(REFUND));

        assertThat(open()).containsExactly(aCase(REFUND));
        assertThat(count("seen_at > opened_at")).isOne();
        assertThat(count("true")).isOne();
    }

    @Test
    void what_comes_back_is_a_new_case() {
        note(aCase(REFUND));
        note();
        note(aCase(REFUND));

        assertThat(count("true")).isEqualTo(2);
        assertThat(open()).containsExactly(aCase(REFUND));
    }

    @Test
    void case_of_an_order_that_was_not_compared_stays_open() {
        note(aCase(REFUND));

        database.transaction.executeWithoutResult(
                _ -> cases.note(List.of(new OrderId("order_2")), List.of(), clock.instant()));

        assertThat(open()).hasSize(1);
    }

    @Test
    void open_case_of_an_order_is_found_for_it() {
        note(aCase(REFUND));
        assertThat(openOfOrder())
                .hasValueSatisfying(kept -> assertThat(kept.found()).isEqualTo(aCase(REFUND)));

        note();
        assertThat(openOfOrder()).isEmpty();
    }

    private static Optional<Kept> openOfOrder() {
        return Objects.requireNonNull(database.transaction.execute(_ -> cases.findAndHoldOpen(ORDER)));
    }

    @Test
    void order_that_is_none_of_ours_and_long_evidence_are_kept() {
        OrderId stray = new OrderId("order_of_nobody");
        Finding unknown = new Finding(Difference.PAYMENT_UNKNOWN, "x".repeat(3_000));

        note(new ReconciliationCase(stray, null, List.of(unknown)), aCase(REFUND));

        assertThat(open()).hasSize(2);
        assertThat(open())
                .filteredOn(found -> found.orderId().equals(stray))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.orderId()).isEqualTo(stray);
                    assertThat(found.paymentId()).isNull();
                    assertThat(found.findings().getFirst().evidence()).hasSize(2_000);
                });
    }

    @Test
    void explanation_stands_until_something_else_is_found() {
        note(aCase(REFUND));
        UUID id = cases.newestFirst(null, 1).getFirst().id();

        assertThat(cases.explain(id, "refunded by hand", "kim")).isTrue();
        note(aCase(REFUND));
        assertThat(cases.find(id)).get().extracting(Kept::explanation).isEqualTo("refunded by hand");

        note(aCase(FEE, REFUND));
        assertThat(cases.find(id)).get().extracting(Kept::explanation).isNull();

        note();
        assertThat(cases.explain(id, "too late", "kim")).isFalse();
    }

    @Test
    void cases_are_read_page_by_page_the_last_first() {
        note(aCase(REFUND));
        note();
        note(aCase(FEE));

        Kept last = cases.newestFirst(null, 1).getFirst();
        List<Kept> before = cases.newestFirst(new ReconciliationCases.Place(last.openedAt(), last.id()), 5);

        assertThat(last.closedAt()).isNull();
        assertThat(before).singleElement().satisfies(first -> {
            assertThat(first.closedAt()).isNotNull();
            assertThat(first.found()).isEqualTo(aCase(REFUND));
        });
    }

    private static List<ReconciliationCase> open() {
        return cases.newestFirst(null, 10).stream()
                .filter(kept -> kept.closedAt() == null)
                .map(Kept::found)
                .toList();
    }

    private void note(ReconciliationCase... found) {
        clock.advance(Duration.ofDays(1));
        database.transaction.executeWithoutResult(_ -> cases.note(List.of(ORDER), List.of(found), clock.instant()));
    }

    private static ReconciliationCase aCase(Finding... findings) {
        return new ReconciliationCase(ORDER, payment, List.of(findings));
    }

    private static long count(String which) {
        return database.jdbc
                .sql("SELECT count(*) FROM reconciliation_case WHERE " + which)
                .query(Long.class)
                .single();
    }
}
