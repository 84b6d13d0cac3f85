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
