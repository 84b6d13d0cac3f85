package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.gateway.toss.TossStub;
import dev.wonflow.payment.payment.Payments;
import dev.wonflow.payment.reconciliation.DayReport;
import dev.wonflow.payment.reconciliation.Difference;
import dev.wonflow.payment.reconciliation.ReconciliationCase;
import dev.wonflow.payment.reconciliation.ReconciliationCases;
import dev.wonflow.payment.reconciliation.ReconciliationDays;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.testsupport.access.TokenIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators see of the books over HTTP, and say about them. */
@WithPaymentService
class OperatorsIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String EVIDENCE = "ledger: captured 33,000 KRW; Toss: nothing";
    private static final String REASON = "{\"reason\":\"not at Toss\"}";
    private static final String EXPLANATION = "토스페이먼츠가 3월 2일에 입금";
    private static final int SALES = 1_001;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Driver driver;
    private final TossStub toss;
    private final Payments payments;
    private final ReconciliationCases cases;
    private final ReconciliationDays days;
    private final JdbcClient jdbc;
    private final IdSource ids;
    private final Clock clock;
    private final TransactionOperations transaction;
    private final String address;

    @Autowired
    OperatorsIT(
            Driver driver,
            TossStub toss,
            Payments payments,
            ReconciliationCases cases,
            ReconciliationDays days,
            JdbcClient jdbc,
            IdSource ids,
            Clock clock,
            TransactionOperations transaction,
            Environment environment) {
        this.driver = driver;
        this.toss = toss;
        this.payments = payments;
        this.cases = cases;
        this.days = days;
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
        this.transaction = transaction;
        this.address = "http://127.0.0.1:" + environment.getRequiredProperty("local.server.port");
    }

    @Test
    void case_is_shown_with_its_evidence_and_explained_by_the_one_who_says_so() {
        OrderId order = aCase();
        JsonNode shown = shown(order);

        assertThat(shown.path("paymentId").asString())
                .isEqualTo(
                        payments.findByPurchaseOrderId(order).orElseThrow().id().toString());
        assertThat(shown.path("findings"))
                .singleElement()
                .isEqualTo(JSON.valueToTree(Map.of(
                        "difference", "CAPTURE_NOT_AT_TOSS", "suggestion", "INVESTIGATE", "evidence", EVIDENCE)));
        assertThat(shown.path("closedAt").isNull()).isTrue();
        assertThat(shown.path("explanation").isNull()).isTrue();

        HttpResponse<String> answer = explain(id(shown), JSON.writeValueAsString(Map.of("explanation", EXPLANATION)));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body())).isEqualTo(shown(order));
        assertThat(shown(order).path("explanation").asString()).isEqualTo(EXPLANATION);
        assertThat(shown(order).path("explainedBy").asString()).isEqualTo("kim");
        assertThat(audited(id(shown)))
                .containsExactly("no tenant, kim, reconciliation.explain, before: no explanation, after: " + EXPLANATION
                        + ", why: " + EXPLANATION);
    }

    @Test
    void difference_that_is_accepted_is_moved_to_suspense_once() {
        OrderId order = aCase();
        String id = id(shown(order));
        String body = "{\"explanation\":\"one won too little\",\"correctionWon\":%d}";

        assertThat(explain(id, body.formatted(-1)).statusCode()).isEqualTo(200);
        assertThat(explain(id, body.formatted(-1)).statusCode()).as("again").isEqualTo(200);
        HttpResponse<String> other = explain(id, body.formatted(-2));

        assertThat(other.statusCode()).as(other.body()).isEqualTo(409);
        assertThat(JSON.readTree(other.body()).path("code").asString()).isEqualTo("reconciliation.not-correctable");
        assertThat(shown(order).path("correctionWon").longValue()).isEqualTo(-1);
        assertThat(driver.texts("""
                SELECT kind || ' ' || account || ' ' || ledger_posting.amount_won
                FROM payment JOIN ledger_entry ON payment_id = payment.id JOIN ledger_posting ON entry_id = ledger_entry.id
                WHERE order_id = ? AND reference IS NOT NULL ORDER BY account
                """, order)).containsExactly("CORRECTED PG_RECEIVABLE -1", "CORRECTED SUSPENSE 1");
        assertThat(audited(id)).as("a repeat and refused words are no words").hasSize(1);
    }

    @Test
    void order_that_is_none_of_ours_has_nothing_to_correct() {
        OrderId order = driver.anOrderId();
        note(order, null);

        HttpResponse<String> answer =
                explain(id(shown(order)), "{\"explanation\":\"not ours\",\"correctionWon\":33000}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        assertThat(shown(order).path("explanation").isNull()).isTrue();
    }

    @Test
    void receipt_request_that_toss_does_not_resolve_is_ended_and_leaves_no_number_and_room_for_another() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        toss.change(key, payment -> payment.put("method", "계좌이체").putNull("card"));
        assertThat(driver.confirm(order, key).status()).isEqualTo(200);
        toss.status(key, "IN_PROGRESS");
        String body = "{\"type\":\"소득공제\",\"customerIdentityNumber\":\"010-5555-6666\"}";
        Driver.Answer asked = driver.issueReceipt(order, body);
        assertThat(asked.status()).as(asked.body().toString()).isEqualTo(202);
        String request = asked.text("requestId");
        assertThat(problem(endReceipt(request, REASON), 409)).isEqualTo("receipt.request-not-stuck");
        assertThat(problem(endReceipt(ids.next().toString(), REASON), 404)).isEqualTo("receipt.request-not-found");
        assertThat(problem(endReceipt("4711", REASON), 404)).isEqualTo("receipt.request-not-found");
        assertThat(endReceipt(request, "{}").statusCode()).isEqualTo(400);

        // A turn at work may write what it knows over it.
        await().untilAsserted(() -> {
            jdbc.sql("UPDATE cash_receipt_request SET looks = 8 WHERE id = CAST(? AS uuid)")
                    .param(request)
                    .update();
            assertThat(endReceipt(request, REASON).statusCode()).isEqualTo(200);
        });

        HttpResponse<String> again = endReceipt(request, REASON);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(again.body()).path("status").asString()).isEqualTo("failed");
        assertThat(driver.texts(
                        "SELECT concat_ws(' ', status, failure_code, customer IS NULL) FROM cash_receipt_request"
                                + " WHERE payment_id = (SELECT id FROM payment WHERE order_id = ?)",
                        order))
                .containsExactly("FAILED ENDED_BY_OPERATOR t");
        assertThat(driver.texts(
                        "SELECT subject || ' ' || action || ' ' || why FROM audit_entry WHERE action LIKE '%-end'"
                                + " AND object = (SELECT id::text FROM payment WHERE order_id = ?)",
                        order))
                .containsExactly("kim payment.cash-receipt-end not at Toss");
        toss.status(key, "DONE");
        assertThat(driver.issueReceipt(order, body).status()).isEqualTo(200);
        assertThat(problem(endReceipt(requestOf(order), REASON), 409)).isEqualTo("receipt.request-not-stuck");
    }

    private HttpResponse<String> endReceipt(String request, String body) {
        return post("/api/reconciliation/cash-receipts/" + request + "/end", body);
    }

    /** The last request about a receipt of the order. */
    private String requestOf(OrderId order) {
        return driver.texts(
                        "SELECT id::text FROM cash_receipt_request WHERE payment_id ="
                                + " (SELECT id FROM payment WHERE order_id = ?) ORDER BY requested_at DESC LIMIT 1",
                        order)
                .getFirst();
    }

    private static String problem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body()).path("code").asString();
    }

    @Test
    void case_that_is_not_open_takes_no_explanation() {
        OrderId order = aCase();
        String id = id(shown(order));
        transaction.executeWithoutResult(_ -> cases.note(List.of(order), List.of(), clock.instant()));
        String body = "{\"explanation\":\"too late\"}";

        for (String gone : List.of(id, ids.next().toString(), "4711")) {
            HttpResponse<String> answer = explain(gone, body);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
            assertThat(JSON.readTree(answer.body()).path("code").asString()).isEqualTo("reconciliation.case-not-open");
        }
        assertThat(shown(order).path("explanation").isNull()).isTrue();
        assertThat(audited(id)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000_000_001L, Long.MIN_VALUE})
    void correction_of_nothing_or_of_more_than_any_payment_is_refused(long won) {
        HttpResponse<String> answer =
                explain(id(shown(aCase())), "{\"explanation\":\"x\",\"correctionWon\":%d}".formatted(won));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("detail").asString())
                .isEqualTo("correctionWon: " + won + " (expected: from -1000000000000 to 1000000000000, and not 0)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"explanation\":null}", "{\"explanation\":\" \"}"})
    void explanation_that_says_nothing_is_refused_with_what_was_expected(String body) {
        HttpResponse<String> answer = explain(id(shown(aCase())), body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("detail").asString())
                .isEqualTo("explanation: missing or too long (expected: text of 1 to 500 characters)");
    }

    @Test
    void pages_of_cases_are_all_cases_each_once_the_one_opened_last_first() {
        List<String> opened = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            opened.add(id(shown(aCase())));
        }

        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = get("operator:reconciliation", "/api/reconciliation/cases?limit=2" + next);
            page.path("data").forEach(found -> seen.add(id(found)));
            next = page.path("next").isNull()
                    ? ""
                    : "&cursor=" + page.path("next").asString();
        } while (!next.isEmpty());

        assertThat(seen).doesNotHaveDuplicates().startsWith(opened.reversed().toArray(String[]::new));
    }

    @Test
    void closed_days_are_shown_with_their_figures_and_hashes_the_last_first() {
        DayReport first = close(
                LocalDate.parse("2020-02-29"), new DayReport.Figures(2, 66_000, 0, 1_000, 65_000, 2_210, 221, 62_569));
        DayReport second = close(LocalDate.parse("2020-03-01"), new DayReport.Figures(0, 0, 0, 0, 0, 0, 0, 0));

        JsonNode newest = get("operator:reconciliation", "/api/reconciliation/days?limit=1");
        JsonNode before = get(
                "operator:reconciliation",
                "/api/reconciliation/days?limit=1&cursor=" + newest.path("next").asString());

        assertThat(newest.path("data").path(0).path("previousHash").asString()).isEqualTo(first.hash());
        assertThat(newest.path("data").path(0).path("hash").asString()).isEqualTo(second.hash());
        assertThat(before.path("data").path(0))
                .isEqualTo(JSON.readTree("""
                {"day":"2020-02-29","livemode":false,"previousHash":"%s","hash":"%s","closedAt":"%s",
                 "figures":{"orders":2,"captured":66000,"reversed":0,"refunded":1000,"settled":65000,"fees":2210,"vat":221,
                            "payouts":62569}}
                """.formatted(first.previousHash(), first.hash(), first.closedAt())));
    }

    /** More than is read at a time; and on the days before and after, too. */
    @Test
    void ledger_of_some_days_is_a_file_with_every_posting_of_theirs_and_no_other() {
        sell("2019-02-28T23:59:59+09:00", 1);
        sell("2019-03-01T00:00:00+09:00", SALES);
        sell("2019-03-02T23:59:59+09:00", 1);
        sell("2019-03-03T00:00:00+09:00", 1);

        HttpResponse<String> answer = ask("operator:ledger", "/api/ledger/export?from=2019-03-01&to=2019-03-02");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"ledger-2019-03-01-2019-03-02.csv\"");
        List<String> lines = answer.body().lines().toList();
        assertThat(lines.getFirst())
                .isEqualTo("\uFEFFentry,happenedAt,payment,order,tenant,livemode,kind,reference,account,debit,credit");
        List<List<String>> postings =
                lines.stream().skip(1).map(line -> List.of(line.split(",", -1))).toList();
        assertThat(postings).hasSize(2 * (SALES + 1)).doesNotHaveDuplicates();
        assertThat(postings).extracting(posting -> posting.get(1)).isSorted();
        assertThat(postings)
                .extracting(posting -> String.join(" ", posting.subList(4, 11)))
                .containsOnly(
                        "books false CAPTURED  PG_RECEIVABLE 33000 0",
                        "books false CAPTURED  CUSTOMER_CLEARING 0 33000");
        assertThat(postings.stream().map(List::getFirst).distinct()).hasSize(SALES + 1);
    }

    @Test
    void days_without_a_posting_are_a_file_without_a_row() {
        assertThat(ask("operator:ledger", "/api/ledger/export?from=2018-01-01&to=2018-12-31")
                        .body()
                        .lines())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?from=2026-03-01&to=march|to: no date (expected: such as 2026-01-31)",
                "?from=2026-02-30&to=2026-03-01|from: no date (expected: such as 2026-01-31)",
                "?from=2026-03-01&to=%2B999999999-12-31|to: no date (expected: such as 2026-01-31)",
                "?from=2026-03-02&to=2026-03-01|to: 2026-03-01 (expected: not before from, 2026-03-02)",
            })
    void days_that_cannot_be_exported_are_refused_with_what_was_expected(String query, String detail) {
        HttpResponse<String> answer = ask("operator:ledger", "/api/ledger/export" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("detail").asString()).isEqualTo(detail);
        assertThat(JSON.readTree(answer.body()).path("code").asString()).isEqualTo("request.invalid");
    }

    /** About a payment that was just made. */
    private OrderId aCase() {
        OrderId order = driver.aPlacedOrder();
        driver.confirm(order, toss.authenticated(order, Driver.AMOUNT));
        PaymentId payment = payments.findByPurchaseOrderId(order).orElseThrow().id();
        note(order, payment);
        return order;
    }

    private void note(OrderId order, @Nullable PaymentId payment) {
        ReconciliationCase.Finding finding = new ReconciliationCase.Finding(Difference.CAPTURE_NOT_AT_TOSS, EVIDENCE);
        transaction.executeWithoutResult(_ -> cases.note(
                List.of(order), List.of(new ReconciliationCase(order, payment, List.of(finding))), clock.instant()));
    }

    /** The last case of the order. */
    private JsonNode shown(OrderId order) {
        return get("operator:reconciliation", "/api/reconciliation/cases?limit=200")
                .path("data")
                .valueStream()
                .filter(found -> found.path("orderId").asString().equals(order.value()))
                .findFirst()
                .orElseThrow();
    }

    private static String id(JsonNode shown) {
        return shown.path("id").asString();
    }

    private DayReport close(LocalDate day, DayReport.Figures figures) {
        return transaction.execute(_ -> {
            DayReport report = new DayReport(ids.next(), day, false, figures, days.lastHash(), now());
            days.close(report);
            return report;
        });
    }

    private List<String> audited(String id) {
        return jdbc.sql("""
                SELECT coalesce(tenant_id, 'no tenant') || ', ' || subject || ', ' || action
                    || ', before: ' || coalesce(before ->> 'explanation', 'no explanation')
                    || ', after: ' || (after ->> 'explanation') || ', why: ' || why
                FROM audit_entry WHERE object = ? ORDER BY id
                """)
                .param(id)
                .query((row, _) -> Objects.requireNonNull(row.getString(1)))
                .list();
    }

    /** As precise as the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void sell(String at, int payments) {
        jdbc.sql("""
                INSERT INTO payment (id, order_id, tenant_id, order_name, amount_won, livemode, status, payment_key,
                                     balance_won, approved_at, requested_at, changed_at, version)
                SELECT id, 'ord_' || id, 'books', '머그컵', 33000, false, 'PAID', 'key_' || id, 33000, at, at, at, 2
                FROM (SELECT gen_random_uuid() AS id, CAST(? AS timestamptz) AS at FROM generate_series(1, ?)) AS sold
                """).params(at, payments).update();
    }

    private JsonNode get(String permission, String path) {
        HttpResponse<String> answer = ask(permission, path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> ask(String permission, String path) {
        return send(permission, HttpRequest.newBuilder(URI.create(address + path)));
    }

    private HttpResponse<String> explain(String id, String body) {
        return post("/api/reconciliation/cases/" + id + "/explain", body);
    }

    private HttpResponse<String> post(String path, String body) {
        return send(
                "operator:reconciliation",
                HttpRequest.newBuilder(URI.create(address + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(String permission, HttpRequest.Builder request) {
        String token = TokenIssuer.shared()
                .token()
                .with("sub", "kim")
                .permissions(permission)
                .signed();
        return http.sendAsync(
                        request.header("Authorization", "Bearer " + token).build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                .join();
    }
}
