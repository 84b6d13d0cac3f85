package dev.wonflow.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.testsupport.ReferenceTables;
import dev.wonflow.testsupport.SequentialIds;
import dev.wonflow.testsupport.server.TestDatabase;
import dev.wonflow.testsupport.server.TestServers;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Requests with keys over HTTP, at two instances on one database. */
class OnceIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static TestDatabase database;
    private static JdbcClient jdbc;
    private static ConfigurableApplicationContext here;
    private static ConfigurableApplicationContext there;

    @BeforeAll
    static void start() {
        database = TestServers.postgres().createDatabase("idempotency");
        ReferenceTables.create(database, "idempotency");
        database.execute("CREATE TABLE mug (name text NOT NULL)");
        jdbc = JdbcClient.create(database.dataSource());
        here = instance();
        there = instance();
    }

    @AfterAll
    static void stop() {
        there.close();
        here.close();
    }

    private static ConfigurableApplicationContext instance() {
        return new SpringApplicationBuilder(Shop.class)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mugs", "/leased-mugs"})
    void repeat_gets_the_first_answer_byte_for_byte_at_any_instance_and_has_no_effect(String path) {
        String mug = aName();

        HttpResponse<String> first = post(here, path, mug, body(mug, 201));
        HttpResponse<String> repeated = post(here, path, mug, body(mug, 201));
        HttpResponse<String> elsewhere = post(there, path, mug, body(mug, 201));

        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(first.headers().firstValue("idempotency-replayed")).isEmpty();
        assertThat(first.headers().firstValue("location")).contains("/mugs/" + mug);
        for (HttpResponse<String> answer : List.of(repeated, elsewhere)) {
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.body()).isEqualTo(first.body());
            assertThat(answer.headers().firstValue("content-type"))
                    .isEqualTo(first.headers().firstValue("content-type"))
                    .contains("application/json");
            assertThat(answer.headers().firstValue("location")).contains("/mugs/" + mug);
            assertThat(answer.headers().firstValue("idempotency-replayed")).contains("true");
        }
        assertThat(made(mug)).isEqualTo(1);
    }

    @Test
    void repeat_prepares_nothing() {
        String mug = aName();
        HttpResponse<String> first = post(here, "/prepared-mugs", mug, body(mug, null));

        HttpResponse<String> repeated = post(here, "/prepared-mugs", mug, body(mug, null));

        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(repeated.body()).isEqualTo(first.body());
        assertThat(jdbc.sql("SELECT count(*) FROM mug WHERE name LIKE ?")
                        .param(mug + "%")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mugs", "/leased-mugs"})
    void without_a_key_each_request_has_its_effect(String path) {
        String mug = aName();

        post(here, path, null, body(mug, 201));
        post(here, path, null, body(mug, 201));

        assertThat(made(mug)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mugs", "/leased-mugs"})
    void answer_with_a_key_differs_from_one_without_in_nothing(String path) {
        String mug = aName();

        HttpResponse<String> with = post(here, path, mug, body(mug, 402));
        HttpResponse<String> without = post(here, path, null, body(mug, 402));

        assertThat(with.body()).contains("\"instance\":\"" + path + "\"").isEqualTo(without.body());
        assertThat(with.statusCode()).isEqualTo(without.statusCode()).isEqualTo(402);
        assertThat(with.headers().firstValue("content-type"))
                .isEqualTo(without.headers().firstValue("content-type"))
                .contains("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({"/mugs, /leased-mugs", "/leased-mugs, /mugs"})
    void key_of_another_request_is_refused(String path, String other) {
        String mug = aName();
        post(here, path, mug, body(mug, 201));

        for (HttpResponse<String> answer : List.of(
                post(here, path, mug, body(mug, 201) + " "),
                post(here, path, mug, body(mug, 200)),
                post(here, path + "?x=y", mug, body(mug, 201)),
                post(here, other, mug, body(mug, 201)))) {
            problem(answer, 422, "idempotency.key-reused");
        }
        assertThat(made(mug)).isEqualTo(1);
    }

    @Test
    void tenants_have_keys_of_their_own() {
        String mug = aName();

        post(here, "/mugs", mug, body(mug, 201));
        HttpResponse<String> globex = send(request(here, "/mugs", "globex", body(mug, 201))
                .header("Idempotency-Key", mug)
                .build());

        assertThat(globex.statusCode()).isEqualTo(201);
        assertThat(globex.headers().firstValue("idempotency-replayed")).isEmpty();
        assertThat(made(mug)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a\tb"})
    void key_of_another_form_is_refused(String key) {
        String mug = aName();

        problem(post(here, "/mugs", key, body(mug, 201)), 400, "idempotency.key-invalid");

        assertThat(made(mug)).isZero();
    }

    @Test
    void key_has_at_most_255_characters_and_is_given_once() {
        String mug = aName();
        String longest = (mug + "~!\"#").concat("k".repeat(255)).substring(0, 255);

        problem(post(here, "/mugs", longest + "k", body(mug, 201)), 400, "idempotency.key-invalid");
        problem(
                send(request(here, "/mugs", "acme", body(mug, 201))
                        .header("Idempotency-Key", "one")
                        .header("Idempotency-Key", "other")
                        .build()),
                400,
                "idempotency.key-invalid");
        assertThat(made(mug)).isZero();

        assertThat(post(here, "/mugs", longest, body(mug, 201)).statusCode()).isEqualTo(201);
        assertThat(post(here, "/mugs", longest, body(mug, 201)).statusCode()).isEqualTo(201);
        assertThat(made(mug)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204, 402})
    void answer_that_tells_of_something_done_is_kept(int status) {
        String mug = aName();

        for (String path : List.of("/mugs", "/leased-mugs")) {
            post(here, path, mug + path, body(mug + path, status));
            HttpResponse<String> repeated = post(here, path, mug + path, body(mug + path, status));

            assertThat(repeated.statusCode()).isEqualTo(status);
            assertThat(made(mug + path)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {202, 400, 404, 409, 422, 429, 500, 503})
    void answer_that_tells_of_nothing_done_is_not_kept(int status) {
        String mug = aName();

        for (String path : List.of("/mugs", "/leased-mugs")) {
            post(here, path, mug + path, body(mug + path, status));
            HttpResponse<String> repeated = post(here, path, mug + path, body(mug + path, status));

            assertThat(repeated.statusCode()).isEqualTo(status);
            assertThat(repeated.headers().firstValue("idempotency-replayed")).isEmpty();
            assertThat(made(mug + path)).isEqualTo(2);
        }
        assertThat(kept(mug + "/mugs") + kept(mug + "/leased-mugs")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mugs", "/leased-mugs"})
    void refused_request_may_come_mended_with_the_same_key(String path) {
        String mug = aName();
        problem(post(here, path, mug, "{\"name\": "), 400, "request.malformed");
        post(here, path, mug, body(mug, 422));

        HttpResponse<String> mended = post(here, path, mug, body(mug, 201));

        assertThat(mended.statusCode()).isEqualTo(201);
        assertThat(post(here, path, mug, body(mug, 201)).body()).isEqualTo(mended.body());
    }

    @Test
    void body_is_as_bounded_with_a_key_as_without() {
        String mug = aName();
        String large = body("x".repeat(70_000), 201);

        problem(post(here, "/mugs", mug, large), 413, "request.too-large");
        problem(
                send(request(here, "/mugs", "acme", "")
                        .header("Idempotency-Key", mug)
                        .POST(HttpRequest.BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))))
                        .build()),
                413,
                "request.too-large");
        assertThat(kept(mug)).isZero();
    }

    @Test
    void answer_too_large_to_be_kept_has_no_effect_where_that_can_be_taken_back() {
        String mug = aName();
        String large = "{\"name\": \"%s\", \"status\": 201, \"size\": %d}";

        for (String path : List.of("/mugs", "/leased-mugs")) {
            String fits = large.formatted(mug + path, (1 << 20) - 100);
            HttpResponse<String> first = post(here, path, mug + path, fits);
            assertThat(first.statusCode()).isEqualTo(201);
            assertThat(post(here, path, mug + path, fits).body()).isEqualTo(first.body());
        }

        problem(post(here, "/mugs", mug, large.formatted(mug, 1 << 20)), 500, "service.internal");
        assertThat(made(mug)).isZero();
        assertThat(post(here, "/leased-mugs", mug, large.formatted(mug, 1 << 20))
                        .statusCode())
                .as("what is done is told")
                .isEqualTo(201);
        assertThat(made(mug)).isEqualTo(1);
        assertThat(kept(mug)).isZero();
    }

    @Test
    void answer_that_the_database_does_not_take_is_given_all_the_same() {
        String mug = aName();
        database.execute("""
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN RAISE EXCEPTION ''%% is refused'', TG_OP; END';
                CREATE TRIGGER refuse BEFORE UPDATE OR DELETE ON idempotency_key FOR EACH ROW
                WHEN (old.key = '%s') EXECUTE FUNCTION refuse()
                """.formatted(mug));

        HttpResponse<String> first = post(here, "/leased-mugs", mug, body(mug, 201));

        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        problem(post(here, "/leased-mugs", mug, body(mug, 201)), 409, "idempotency.in-flight");
        assertThat(made(mug)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mugs", "/leased-mugs"})
    void failure_leaves_no_key(String path) {
        String mug = aName();

        problem(post(here, path, mug, body(mug, null)), 500, "service.internal");

        assertThat(kept(mug)).isZero();
        // What is one transaction is rolled back with it.
        assertThat(made(mug)).isEqualTo(path.equals("/mugs") ? 0 : 1);
        assertThat(post(here, path, mug, body(mug, 201)).statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mugs", "/leased-mugs"})
    void while_one_is_at_work_all_others_are_told_to_come_back_and_then_get_its_answer(String path) throws Exception {
        String mug = aName();
        Shop.Gate gate = Shop.Gate.at(mug);
        CompletableFuture<HttpResponse<String>> first = postLater(here, path, mug, body(mug, 201));
        assertThat(gate.isReached()).as("the first is at work").isTrue();

        List<CompletableFuture<HttpResponse<String>>> others = IntStream.range(0, 8)
                .mapToObj(i -> postLater(i % 2 == 0 ? here : there, path, mug, body(mug, 201)))
                .toList();

        for (CompletableFuture<HttpResponse<String>> other : others) {
            problem(other.join(), 409, "idempotency.in-flight");
            assertThat(other.join().headers().firstValue("retry-after")).contains("2");
        }
        assertThat(first).as("the first, all the while").isNotDone();
        gate.open();
        assertThat(first.join().statusCode()).isEqualTo(201);
        assertThat(post(there, path, mug, body(mug, 201)).body())
                .isEqualTo(first.join().body());
        assertThat(made(mug)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mugs", "/leased-mugs"})
    void many_at_once_have_one_effect_and_no_answer_but_its_own_or_to_come_back(String path) {
        int refused = 0;
        for (int round = 0; round < 10; round++) {
            String mug = aName();
            List<CompletableFuture<HttpResponse<String>>> all = IntStream.range(0, 12)
                    .mapToObj(i -> postLater(i % 2 == 0 ? here : there, path, mug, body(mug, 201)))
                    .toList();

            List<HttpResponse<String>> answers =
                    all.stream().map(CompletableFuture::join).toList();
            for (HttpResponse<String> answer : answers) {
                assertThat(answer.statusCode()).as(answer.body()).isIn(201, 409);
            }
            assertThat(answers.stream()
                            .filter(answer -> answer.statusCode() == 201)
                            .map(HttpResponse::body)
                            .distinct())
                    .as("answers that tell of an effect")
                    .hasSize(1);
            assertThat(made(mug)).isEqualTo(1);
            refused += (int) answers.stream()
                    .filter(answer -> answer.statusCode() == 409)
                    .count();
        }
        assertThat(refused).as("requests that came while another was at work").isPositive();
    }

    @Test
    void crash_before_the_commit_leaves_neither_effect_nor_key() throws Exception {
        String mug = aName();
        Shop.Gate gate = Shop.Gate.at(mug);
        CompletableFuture<HttpResponse<String>> crashed = postLater(here, "/mugs", mug, body(mug, 201));
        assertThat(gate.isReached()).isTrue();

        int ended = JdbcClient.create(TestServers.postgres().administration().dataSource())
                .sql("""
                        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                        WHERE datname = ? AND state = 'idle in transaction'
                        """)
                .param(database.name())
                .query(Integer.class)
                .single();
        gate.open();

        assertThat(ended).as("connections that ended within the transaction").isEqualTo(1);
        assertThat(crashed.join().statusCode()).isEqualTo(503);
        assertThat(made(mug)).isZero();
        assertThat(kept(mug)).isZero();
        assertThat(post(there, "/mugs", mug, body(mug, 201)).statusCode()).isEqualTo(201);
        assertThat(made(mug)).isEqualTo(1);
    }

    @Test
    void lease_of_a_process_that_died_runs_out_and_the_next_request_takes_over() {
        String mug = aName();
        HttpResponse<String> first = post(here, "/leased-mugs", mug, body(mug, 201));
        String fingerprint = jdbc.sql("DELETE FROM idempotency_key WHERE key = ? RETURNING request")
                .param(mug)
                .query(String.class)
                .single();
        // As a process leaves it that dies between its effect and the end of its lease.
        KeyedRequest died = new KeyedRequest(mug, fingerprint, "/leased-mugs");
        Answers answers = new Answers(jdbc, Duration.ofDays(2), Duration.ofSeconds(2));
        assertThat(answers.lease(new TenantId("acme"), died, SequentialIds.id(1)))
                .isTrue();

        problem(post(here, "/leased-mugs", mug, body(mug, 201)), 409, "idempotency.in-flight");
        problem(post(here, "/leased-mugs", mug, body(mug, 200)), 422, "idempotency.key-reused");
        Awaitility.await("end of the lease")
                .atMost(LIMIT)
                .until(() -> post(there, "/leased-mugs", mug, body(mug, 201)).statusCode() == 201);

        assertThat(made(mug)).as("it is safe to repeat by itself").isEqualTo(2);
        // The one taken for dead keeps nothing any more.
        answers.endLease(new TenantId("acme"), died, SequentialIds.id(1), new Answer(200, "text/plain", null, "late"));
        assertThat(post(here, "/leased-mugs", mug, body(mug, 201)).body())
                .isNotEqualTo("late")
                .isNotEqualTo(first.body());
        assertThat(made(mug)).isEqualTo(2);
    }

    @Test
    void answers_are_forgotten_when_they_are_old_and_new_ones_come() {
        String old = aName();
        String young = aName();
        for (String mug : List.of(old, young)) {
            post(here, "/mugs", mug, body(mug, 201));
        }
        age(old, "48 hours 1 minute");
        age(young, "47 hours 59 minutes");

        for (String path : List.of("/mugs", "/leased-mugs")) {
            String mug = aName();
            post(here, path, mug, body(mug, 201));

            assertThat(kept(old)).isZero();
            assertThat(kept(young)).isEqualTo(1);
        }
        assertThat(post(here, "/mugs", young, body(young, 201)).headers().firstValue("idempotency-replayed"))
                .contains("true");
    }

    @Test
    void without_its_table_or_a_column_the_service_does_not_start() {
        TestDatabase empty = TestServers.postgres().createDatabase("no_keys");

        assertThatThrownBy(() -> Answers.checkTable(empty.dataSource()))
                .hasMessageContaining("table idempotency_key: not found (expected: a migration with"
                        + " dev/wonflow/idempotency/0001__idempotency_key.sql)");
        ReferenceTables.create(empty, "idempotency");
        empty.execute("ALTER TABLE idempotency_key ADD COLUMN later text");
        assertThatCode(() -> Answers.checkTable(empty.dataSource())).doesNotThrowAnyException();
        empty.execute("ALTER TABLE idempotency_key DROP COLUMN location");
        assertThatThrownBy(() -> Answers.checkTable(empty.dataSource())).hasMessageContaining("no column location");
    }

    private static void age(String key, String by) {
        jdbc.sql("UPDATE idempotency_key SET written_at = now() - CAST(? AS interval) WHERE key = ?")
                .params(by, key)
                .update();
    }

    private static String aName() {
        return "mug-" + NUMBERS.incrementAndGet();
    }

    private static String body(String mug, @Nullable Integer status) {
        return "{\"name\": \"%s\", \"status\": %s}".formatted(mug, status);
    }

    private static int made(String mug) {
        return jdbc.sql("SELECT count(*) FROM mug WHERE name = ?")
                .param(mug)
                .query(Integer.class)
                .single();
    }

    private static int kept(String key) {
        return jdbc.sql("SELECT count(*) FROM idempotency_key WHERE key = ?")
                .param(key)
                .query(Integer.class)
                .single();
    }

    private static void problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    }

    private static HttpResponse<String> post(
            ConfigurableApplicationContext instance, String path, @Nullable String key, String body) {
        return postLater(instance, path, key, body).join();
    }

    private static CompletableFuture<HttpResponse<String>> postLater(
            ConfigurableApplicationContext instance, String path, @Nullable String key, String body) {
        HttpRequest.Builder request = request(instance, path, "acme", body);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        return HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
    }

    private static HttpRequest.Builder request(
            ConfigurableApplicationContext instance, String path, String tenant, String body) {
        String port = instance.getEnvironment().getRequiredProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .header("Tenant", tenant)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }
}
