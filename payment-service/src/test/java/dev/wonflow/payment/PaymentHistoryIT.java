package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.testsupport.SequentialIds;
import dev.wonflow.testsupport.access.TokenIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The history of a tenant's payments, read page by page over HTTP. */
@WithPaymentService
class PaymentHistoryIT {

    private static final String NOON = "2026-01-05T03:00:00.123456Z";

    private final HttpClient http = HttpClient.newHttpClient();
    private final JdbcClient jdbc;
    private final String address;

    @Autowired
    PaymentHistoryIT(JdbcClient jdbc, Environment environment) {
        this.jdbc = jdbc;
        this.address = "http://127.0.0.1:" + environment.getRequiredProperty("local.server.port");
    }

    @Test
    void pages_are_all_payments_newest_first_each_once_also_where_moments_are_alike() {
        List<UUID> newestFirst = new ArrayList<>();
        for (int i = 1; i <= 23; i++) {
            // Seven at each moment, and ids that are sorted another way than text or signed numbers would be.
            UUID id = new UUID(i % 2 == 0 ? Long.MIN_VALUE | 0x1000 + i : 0x1000 + i, -i);
            insert("pages", id, "timestamptz '%s' + interval '%d ms'".formatted(NOON, i / 7));
            newestFirst.add(id);
        }
        newestFirst.sort((one, other) -> {
            int moment = Long.compare(number(other) / 7, number(one) / 7);
            return moment != 0 ? moment : other.toString().compareTo(one.toString());
        });

        for (int limit : List.of(1, 7, 22, 23, 24, 200)) {
            assertThat(all("pages", limit)).as("with pages of %d", limit).containsExactlyElementsOf(newestFirst);
        }
        assertThat(ids(page("pages", "?limit=5"))).hasSize(5);
        assertThat(page("pages", "").get("next").isNull())
                .as("next after 23 of at most 50")
                .isTrue();
        assertThat(ids(page("nobody", ""))).isEmpty();
    }

    @Test
    void what_is_new_between_pages_moves_nothing() {
        List<UUID> before = ids("moving", 10);
        JsonNode first = page("moving", "?limit=4");
        insert("moving", SequentialIds.id(9_001), "timestamptz '%s' + interval '1 day'".formatted(NOON));
        insert("moving", SequentialIds.id(9_002), "timestamptz '%s' + interval '2 days'".formatted(NOON));

        List<UUID> seen = new ArrayList<>(ids(first));
        seen.addAll(rest("moving", 4, next(first)));

        assertThat(seen).containsExactlyElementsOf(before);
        assertThat(all("moving", 4)).hasSize(12).startsWith(SequentialIds.id(9_002), SequentialIds.id(9_001));
    }

    @Test
    void payments_of_others_are_in_no_page_whatever_cursor_is_sent() {
        List<UUID> ours = ids("ours", 6);
        ids("theirs", 6);
        String cursor = next(page("theirs", "?limit=2"));

        assertThat(all("ours", 2)).containsExactlyElementsOf(ours);
        assertThat(rest("ours", 2, cursor)).isSubsetOf(ours);
    }

    @Test
    void filters_show_the_payments_of_which_all_is_true() {
        String[] values = {
            "'PAID', '카드', 33000, 'cus_a'", "'PAID', '가상계좌', 33000, 'cus_b'", "'REFUNDED', '카드', 500, 'cus_a'"
        };
        for (int day = 1; day <= 9; day++) {
            paid(
                    "filters",
                    SequentialIds.id(70_000 + day),
                    "2026-02-0%dT00:00:00+09:00".formatted(day),
                    values[day % 3]);
        }

        assertThat(days("?from=2026-02-03&to=2026-02-05")).containsExactly(5, 4, 3);
        assertThat(days("?to=2026-02-01")).containsExactly(1);
        assertThat(days("?from=2026-02-10")).isEmpty();
        assertThat(days("?status=paid")).containsExactly(9, 7, 6, 4, 3, 1);
        assertThat(days("?method=%EC%B9%B4%EB%93%9C")).containsExactly(9, 8, 6, 5, 3, 2);
        assertThat(days("?amount=500")).containsExactly(8, 5, 2);
        assertThat(days("?customerKey=cus_a")).containsExactly(9, 8, 6, 5, 3, 2);
        assertThat(days("?orderId=ord_" + SequentialIds.id(70_004))).containsExactly(4);
        assertThat(days("?customerKey=cus_a&status=paid&from=2026-02-04&amount=33000"))
                .containsExactly(9, 6);
        assertThat(ids(page("another", "?orderId=ord_" + SequentialIds.id(70_004))))
                .isEmpty();
    }

    private List<Integer> days(String query) {
        List<UUID> seen = new ArrayList<>();
        String next = null;
        do {
            JsonNode page = page("filters", query + "&limit=2" + (next == null ? "" : "&cursor=" + next));
            seen.addAll(ids(page));
            next = page.get("next").isNull() ? null : next(page);
        } while (next != null);
        return seen.stream()
                .map(id -> (int) Math.abs(number(id) - number(SequentialIds.id(70_000))))
                .toList();
    }

    @Test
    void rare_payments_are_found_however_many_others_lie_between() {
        jdbc.sql("""
                INSERT INTO payment (id, order_id, tenant_id, order_name, amount_won, livemode, status, requested_at,
                                     changed_at, version)
                SELECT gen_random_uuid(), 'rare_' || n, 'rare', '머그컵', 100, false,
                       CASE WHEN n IN (1, 7000, 12000) THEN 'CANCELED' ELSE 'REQUESTED' END,
                       timestamptz '2026-01-05T03:00:00Z' - n * interval '1 s', now(), 1
                FROM generate_series(1, 12000) AS n
                """).update();

        int found = 0;
        int pages = 0;
        String next = "";
        do {
            JsonNode page = page("rare", "?status=canceled" + next);
            found += ids(page).size();
            pages++;
            next = page.get("next").isNull() ? "" : "&cursor=" + next(page);
        } while (!next.isEmpty());

        assertThat(found).isEqualTo(3);
        assertThat(pages).as("each looks at so many and no more").isEqualTo(3);
    }

    @Test
    void filter_that_is_mistyped_or_impossible_is_a_400_that_says_what_was_expected() {
        for (String query : List.of(
                "?state=paid",
                "?status=PAID",
                "?status=",
                "?from=2026-02-30",
                "?from=2026-2-3",
                "?to=yesterday",
                "?from=2026-02-03&to=2026-02-02",
                "?amount=1e3",
                "?amount=-1",
                "?amount=1.0",
                "?orderId=x",
                "?status=paid&status=failed",
                "?method=",
                "?customerKey=%00")) {
            for (String list : List.of("", ".csv")) {
                HttpResponse<String> answer = get("ours", list + query);

                assertThat(answer.statusCode()).as(list + query).isEqualTo(400);
                assertThat(answer.body())
                        .contains("\"code\":\"request.invalid\"")
                        .contains("(expected: ");
            }
        }
        assertThat(get("ours", ".csv?limit=5").statusCode())
                .as("a file has no pages")
                .isEqualTo(400);
    }

    @Test
    void file_has_every_payment_of_the_tenant_and_of_nobody_else() {
        jdbc.sql("""
                INSERT INTO payment (id, order_id, tenant_id, order_name, amount_won, livemode, status, requested_at,
                                     changed_at, version)
                SELECT gen_random_uuid(), 'file_' || n, 'file', '=머그컵, ' || n, 100, false, 'REQUESTED',
                       timestamptz '2026-01-05T03:00:00Z' - n * interval '1 s', now(), 1
                FROM generate_series(1, 1234) AS n
                """).update();
        paid("file", SequentialIds.id(71_000), NOON, "'PARTIALLY_REFUNDED', '카드', 33000, 'cus_a'");

        List<String> lines = get("file", ".csv").body().lines().toList();

        assertThat(lines).hasSize(1 + 1235);
        assertThat(lines.getFirst())
                .isEqualTo("\uFEFFpaymentId,orderId,orderName,status,method,amount,refundedAmount,"
                        + "balanceAmount,currency,plan,customerKey,livemode,requestedAt,approvedAt,dueAt,paymentKey,failureCode,"
                        + "failureMessage");
        assertThat(lines.get(1)).contains(",partially_refunded,카드,33000,32000,1000,KRW,,cus_a,false,");
        assertThat(lines.get(2)).contains(",\"'=머그컵, 1\",requested,,100,0,0,KRW,");
        assertThat(lines.stream()
                        .skip(2)
                        .map(line -> line.substring(37, line.indexOf(',', 37)))
                        .distinct())
                .hasSize(1234);
        assertThat(get("file", ".csv?status=paid").body().lines()).hasSize(1);
    }

    @Test
    void one_payment_is_shown_with_every_attempt_and_refund() {
        UUID id = SequentialIds.id(72_000);
        paid("details", id, NOON, "'PAID', '카드', 33000, 'cus_a'");
        for (int n = 1; n <= 2; n++) {
            jdbc.sql("""
                    INSERT INTO payment_attempt (payment_key, payment_id, order_id, amount_won, idempotency_key, started_at,
                                                 outcome, code, noted_at)
                    VALUES (:key, :id, :order, 33000, :key, timestamptz '2026-01-05T03:00:00Z' + :n * interval '1 s', :outcome,
                            :code, timestamptz '2026-01-05T03:00:05Z')
                    """)
                    .param("key", "key_details_" + n)
                    .param("id", id)
                    .param("order", "ord_" + id)
                    .param("n", n)
                    .param("outcome", n == 1 ? "FAILED" : "PAID")
                    .param("code", n == 1 ? "REJECT_CARD_PAYMENT" : null)
                    .update();
        }

        jdbc.sql("""
                INSERT INTO refund (id, payment_id, payment_key, origin, status, amount_won, reason, calls, refundable_won,
                                    transaction_key, requested_at, changed_at)
                VALUES (:refund, :id, 'key_details_2', 'REQUESTED', 'DONE', 32000, '변심', 1, 33000, 'tx',
                        timestamptz '2026-01-06T03:00:00Z', timestamptz '2026-01-06T03:00:01Z')
                """).param("refund", SequentialIds.id(72_001)).param("id", id).update();

        for (String name : List.of(id.toString(), "ord_" + id, "key_details_1")) {
            JsonNode payment =
                    new JsonMapper().readTree(get("details", "/" + name).body());

            assertThat(payment.get("paymentId").stringValue()).isEqualTo(id.toString());
            assertThat(payment.get("attempts")).hasSize(2);
            assertThat(payment.get("attempts").get(0).toString())
                    .isEqualTo(
                            "{\"paymentKey\":\"key_details_1\",\"status\":\"failed\",\"code\":\"REJECT_CARD_PAYMENT\","
                                    + "\"startedAt\":\"2026-01-05T03:00:01Z\",\"answeredAt\":\"2026-01-05T03:00:05Z\"}");
            assertThat(payment.get("attempts").get(1).get("status").stringValue())
                    .isEqualTo("paid");
            assertThat(payment.get("refunds").toString())
                    .isEqualTo("[{\"refundId\":\"" + SequentialIds.id(72_001)
                            + "\",\"origin\":\"requested\",\"status\":\"done\",\"amount\":32000,\"reason\":\"변심\","
                            + "\"failureCode\":null,\"requestedAt\":\"2026-01-06T03:00:00Z\","
                            + "\"changedAt\":\"2026-01-06T03:00:01Z\"}]");
            assertThat(get("another", "/" + name).statusCode()).isEqualTo(404);
        }
    }

    /** A payment whose money was taken; 1,000 won are left of one that was refunded in part. */
    private void paid(String tenant, UUID id, String requestedAt, String statusMethodAmountCustomer) {
        jdbc.sql("""
                INSERT INTO payment (id, order_id, tenant_id, order_name, livemode, status, method, amount_won, customer_key,
                                     payment_key, balance_won, approved_at, requested_at, changed_at, version)
                VALUES (:id, :order, :tenant, '머그컵', false, %s, :key, :balance, now(), timestamptz '%s', now(), 1)
                """.formatted(statusMethodAmountCustomer, requestedAt))
                .param("id", id)
                .param("order", "ord_" + id)
                .param("tenant", tenant)
                .param("key", "key_" + id)
                .param("balance", statusMethodAmountCustomer.startsWith("'PART") ? 1_000 : 0)
                .update();
    }

    @Test
    void cursor_or_limit_that_is_none_is_a_400_that_says_so() {
        for (String query :
                List.of("?cursor=x", "?cursor=", "?limit=0", "?limit=201", "?limit=ten", "?limit=1&limit=2")) {
            HttpResponse<String> answer = get("ours", query);

            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(answer.body()).contains("\"code\":\"request.invalid\"").contains("(expected: ");
        }
    }

    @Test
    void page_is_read_from_the_index_however_far_back_it_is() {
        jdbc.sql("""
                INSERT INTO payment (id, order_id, tenant_id, order_name, amount_won, livemode, status, requested_at,
                                     changed_at, version)
                SELECT gen_random_uuid(), 'many_' || n, 'many' || n % 3, '머그컵', 100, false, 'REQUESTED',
                       now() - n * interval '1 s', now(), 1
                FROM generate_series(1, 6000) AS n
                """).update();
        jdbc.sql("ANALYZE payment").update();

        List<String> plan = jdbc.sql("""
                EXPLAIN SELECT id FROM payment
                WHERE tenant_id = 'many1' AND (requested_at, id) < (now() - interval '1 hour', '019b8c18-e380-73c4-af0b-6d4c8e91a0ff')
                ORDER BY requested_at DESC, id DESC LIMIT 51
                """)
                .query((row, _) -> Objects.requireNonNull(row.getString(1)))
                .list();

        assertThat(plan).anyMatch(line -> line.contains("Scan Backward using payment_history"));
        assertThat(plan).anyMatch(line -> line.contains("Index Cond") && line.contains("ROW(requested_at, id) <"));
        assertThat(plan).noneMatch(line -> line.contains("Sort"));
        assertThat(all("many1", 200)).hasSize(2_000);
    }

    private static long number(UUID id) {
        return -id.getLeastSignificantBits();
    }

    /** New payments of a tenant, two at each moment; the newest first. */
    private List<UUID> ids(String tenant, int number) {
        long first = Math.abs((long) tenant.hashCode()) * 1_000;
        List<UUID> ids = new ArrayList<>(LongStream.range(first, first + number)
                .mapToObj(SequentialIds::id)
                .toList());
        IntStream.range(0, number)
                .forEach(i -> insert(tenant, ids.get(i), "timestamptz '%s' + interval '%d s'".formatted(NOON, i / 2)));
        Collections.reverse(ids);
        return ids;
    }

    private void insert(String tenant, UUID id, String requestedAt) {
        jdbc.sql("""
                INSERT INTO payment (id, order_id, tenant_id, order_name, amount_won, livemode, status, requested_at,
                                     changed_at, version)
                VALUES (:id, :order, :tenant, '머그컵', 33000, false, 'REQUESTED', %s, now(), 1)
                """.formatted(requestedAt))
                .param("id", id)
                .param("order", "ord_" + id)
                .param("tenant", tenant)
                .update();
    }

    private List<UUID> all(String tenant, int limit) {
        return rest(tenant, limit, null);
    }

    private List<UUID> rest(String tenant, int limit, @Nullable String cursor) {
        List<UUID> seen = new ArrayList<>();
        String next = cursor;
        do {
            JsonNode page = page(tenant, "?limit=" + limit + (next == null ? "" : "&cursor=" + next));
            assertThat(ids(page)).hasSizeLessThanOrEqualTo(limit);
            seen.addAll(ids(page));
            next = page.get("next").isNull() ? null : next(page);
        } while (next != null);
        return seen;
    }

    private static List<UUID> ids(JsonNode page) {
        return StreamSupport.stream(page.get("data").spliterator(), false)
                .map(payment -> UUID.fromString(payment.get("paymentId").stringValue()))
                .toList();
    }

    private static String next(JsonNode page) {
        return page.get("next").stringValue();
    }

    private JsonNode page(String tenant, String query) {
        HttpResponse<String> answer = get(tenant, query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonMapper().readTree(answer.body());
    }

    private HttpResponse<String> get(String tenant, String query) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/api/payments" + query))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + TokenIssuer.shared().token(tenant, "tenant:billing:read"))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
    }
}
