package dev.wonflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The service beside the sandbox's own books: while they agree nothing is said, and a wrong won is found at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("F15")
class ReconciliationE2E {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final Duration CYCLE = Duration.ofHours(1);
    private static final int MONTH = 31;
    private static final long PART = 1_000;

    private final BentBooks books = new BentBooks();
    private final LonePayments payments = new LonePayments(
            "reconciliation",
            books::before,
            Map.of("WONFLOW_SANDBOX_SETTLEMENT_ENABLED", "true"),
            Map.of(
                    "WONFLOW_CLOCK_MOVABLE", "true",
                    "MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE", "health,clock",
                    "WONFLOW_QUOTA_PERMINUTE", "60000",
                    "WONFLOW_RECONCILIATION_POLLINTERVAL", "100ms",
                    "WONFLOW_RECONCILIATION_SETTLEMENTS", "true",
                    "WONFLOW_RECONCILIATION_FEES_CARD_PERCENT", "3.4"));

    @AfterAll
    void stop() {
        payments.close();
        books.close();
    }

    @BeforeEach
    void next_day() {
        books.straighten();
        moveToTheNextNoon();
    }

    @Test
    void clean_month_has_no_case_and_all_its_days_are_closed() {
        List<String> orders = new ArrayList<>();
        LocalDate first = today();
        for (int day = 0; day < MONTH; day++) {
            orders.add(refunded(LonePayments.AMOUNT));
            orders.add(refunded(PART));
            moveToTheNextNoon();
        }

        // Sales of a day are settled on the next, and have to be on the one after it.
        moveToTheNextNoon();
        await("closed days")
                .atMost(LonePayments.LIMIT)
                .until(() -> closedSince(first)
                        .anyMatch(day -> day.path("day")
                                .asString()
                                .equals(first.plusDays(MONTH - 1).toString())));

        assertThat(allCases().map(found -> found.path("orderId").asString())).doesNotContainAnyElementsOf(orders);
        List<JsonNode> closed = closedSince(first).limit(MONTH).toList();
        assertThat(closed)
                .extracting(day -> day.path("day").asString())
                .containsExactlyElementsOf(first.datesUntil(first.plusDays(MONTH))
                        .map(LocalDate::toString)
                        .toList());
        for (int day = 1; day < MONTH; day++) {
            assertThat(closed.get(day).path("previousHash"))
                    .isEqualTo(closed.get(day - 1).path("hash"));
        }
        assertThat(closed).extracting(day -> day.path("figures")).containsOnly(figuresOfOneDay());
    }

    /** Fees are 3.4% of what stays, each transaction rounded by itself, and VAT a tenth of each. */
    private static ObjectNode figuresOfOneDay() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("orders", 2)
                .put("captured", 66_000)
                .put("reversed", 0)
                .put("refunded", 34_000)
                .put("settled", 32_000)
                .put("fees", 1_088)
                .put("vat", 109)
                .put("payouts", 30_803);
    }

    @Test
    void wrong_amount_is_found_by_the_next_cycle_and_names_its_payment() {
        String order = paid();
        books.bend(BentBooks.TRANSACTIONS, order, row -> Stream.of(row.put("amount", LonePayments.AMOUNT + 1)));

        assertThat(findings(foundAfter(CYCLE, order))).containsExactly("AMOUNT_DIFFERS");

        books.straighten();
        assertThatTheNextCycleCloses(order);
    }

    @Test
    void wrong_fee_is_found_by_the_cycle_that_reads_it_and_names_its_payment() {
        String order = paid();
        books.bend(BentBooks.SETTLEMENTS, order, row -> Stream.of(withOneWonMoreOfFee(row)));

        assertThat(findings(foundAfter(Duration.ofDays(1), order))).containsExactly("FEE_DIFFERS");

        books.straighten();
        assertThatTheNextCycleCloses(order);
    }

    private static ObjectNode withOneWonMoreOfFee(ObjectNode row) {
        return row.put("supplyAmount", row.path("supplyAmount").longValue() + 1)
                .put("fee", row.path("fee").longValue() + 1)
                .put("payOutAmount", row.path("payOutAmount").longValue() - 1);
    }

    @Test
    void cancel_that_toss_lost_is_found_by_the_next_cycle_and_names_its_payment() {
        String order = refunded(PART);
        books.bend(
                BentBooks.TRANSACTIONS,
                order,
                row -> row.path("status").asString().equals("DONE") ? Stream.of(row) : Stream.empty());

        assertThat(findings(foundAfter(CYCLE, order))).containsExactly("REFUND_NOT_AT_TOSS");

        books.straighten();
        assertThatTheNextCycleCloses(order);
    }

    @Test
    @Tag("F7")
    void cancel_in_the_console_is_found_by_the_next_cycle_names_its_payment_and_is_taken_in() {
        String order = paid();
        payments.cancelInConsole(payments.atToss(order).text("paymentKey"));

        assertThat(findings(foundAfter(CYCLE, order))).containsExactly("REFUND_NOT_BOOKED");

        await("the end of " + order)
                .atMost(LonePayments.LIMIT)
                .until(() -> payments.status(order).equals("refunded"));
        assertThat(payments.get("/api/payments/" + order).body().path("refunds"))
                .singleElement()
                .satisfies(
                        refund -> assertThat(refund.path("origin").asString()).isEqualTo("external"));
        // What moved just now is compared when it has rested.
        assertThatTheNextCycleCloses(order);
    }

    @Test
    @Tag("F18")
    void second_capture_is_found_by_the_next_cycle_names_its_payment_and_goes_back() throws Exception {
        String order = paid();
        String first = payments.atToss(order).text("paymentKey");
        String second = payments.captured(order, LonePayments.AMOUNT);

        JsonNode found = foundAfter(CYCLE, order);
        assertThat(findings(found)).containsExactly("SECOND_CAPTURE");
        assertThat(found.path("findings").path(0).path("evidence").asString()).contains(second);

        await("the end of " + second)
                .atMost(LonePayments.LIMIT)
                .until(() -> payments.events(order).contains("payment.stray-capture-refunded.v1"));
        assertThat(heldAtToss(second)).isZero();
        assertThat(heldAtToss(first)).isEqualTo(LonePayments.AMOUNT);
        assertThat(payments.status(order)).isEqualTo("paid");
        assertThat(payments.posted(order, "PG_RECEIVABLE")).isEqualTo(LonePayments.AMOUNT);
        assertThat(payments.posted(order, "SUSPENSE")).isZero();
        JsonNode explained = casesOf(order).getFirst();
        assertThat(explained.path("explainedBy").asString()).isEqualTo("payment-service");
        assertThat(explained.path("explanation").asString()).contains(second);
        assertThatTheNextCycleCloses(order);
    }

    private long heldAtToss(String key) {
        return payments.getAtToss("/v1/payments/" + key)
                .body()
                .path("balanceAmount")
                .longValue();
    }

    private String paid() {
        String order = payments.awaitOrder();
        payments.pay(order, payments.authenticated(order));
        return order;
    }

    private String refunded(long won) {
        String order = paid();
        assertThat(payments.isRefunded(order, won)).isTrue();
        return order;
    }

    /** The open case of the order, which the first cycle after some time has opened. */
    private JsonNode foundAfter(Duration time, String order) {
        assertThat(casesOf(order)).as("cases before it is time for a cycle").isEmpty();
        int before = books.readings();
        payments.moveTo(payments.now().plus(time));
        await("case of " + order)
                .atMost(LonePayments.LIMIT)
                .until(() -> !casesOf(order).isEmpty());
        assertThat(books.readings() - before).as("cycles until it was found").isOne();
        assertThat(casesOf(order)).hasSize(1);
        JsonNode found = casesOf(order).getFirst();
        assertThat(found.path("paymentId"))
                .isEqualTo(payments.get("/api/payments/" + order).body().path("paymentId"));
        assertThat(found.path("closedAt").isNull()).isTrue();
        return found;
    }

    private void assertThatTheNextCycleCloses(String order) {
        payments.moveTo(payments.now().plus(CYCLE));
        await("end of the case of " + order)
                .atMost(LonePayments.LIMIT)
                .until(() -> casesOf(order).stream()
                        .noneMatch(found -> found.path("closedAt").isNull()));
        assertThat(casesOf(order)).hasSize(1);
    }

    private static List<String> findings(JsonNode found) {
        return found.path("findings")
                .valueStream()
                .map(finding -> finding.path("difference").asString())
                .toList();
    }

    private List<JsonNode> casesOf(String order) {
        return allCases()
                .filter(found -> found.path("orderId").asString().equals(order))
                .toList();
    }

    private Stream<JsonNode> allCases() {
        return data("/api/reconciliation/cases?limit=200");
    }

    /** The closed days, the first of them first. */
    private Stream<JsonNode> closedSince(LocalDate first) {
        return data("/api/reconciliation/days?limit=200").toList().reversed().stream()
                .dropWhile(day -> LocalDate.parse(day.path("day").asString()).isBefore(first));
    }

    private Stream<JsonNode> data(String path) {
        Http.Answer answer = payments.get(path);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body().path("data").valueStream();
    }

    /** Far from midnight, and after a cycle has begun there. */
    private void moveToTheNextNoon() {
        int before = books.readings();
        Instant noon = today().plusDays(1).atTime(12, 0).atZone(SEOUL).toInstant();
        payments.moveTo(noon);
        await("cycle at " + noon).atMost(LonePayments.LIMIT).until(() -> books.readings() > before);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(payments.now(), SEOUL);
    }
}
