package dev.wonflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.testsupport.access.TokenIssuer;
import dev.wonflow.testsupport.server.TestDatabase;
import dev.wonflow.testsupport.server.TestServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Renewals through both services and the books of the sandbox, at their worst moments. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RenewalE2E {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final long PRICE = 29_000;

    /** What a shop may ask of Toss in a minute is not what is tried here. */
    private final LonePayments payments = new LonePayments(
            "renewalpayments", UnaryOperator.identity(), Map.of(), Map.of("WONFLOW_QUOTA_PERMINUTE", "100000"));

    private final String method = payments.billingMethod();
    private final TestDatabase database = TestServers.postgres().createDatabase("renewals");
    private final ServiceProcess subscriptions = new ServiceProcess("subscription-service", environment());
    private final Http http =
            new Http("no sandbox", tenant -> TokenIssuer.shared().token(tenant, "operator:renewals"));
    private int named;

    RenewalE2E() {
        awaitService();
    }

    @AfterAll
    void stop() {
        subscriptions.close();
        payments.close();
    }

    /** Each life goes on with what the one before it left, and dies a place further on. */
    @Test
    @Tag("F11")
    void process_that_dies_at_each_of_its_places_leaves_each_period_charged_once() throws Exception {
        subscriptions.kill();
        String name = due(8);

        dieAt("renewal.claimed");
        assertThat(number("invoice WHERE product LIKE '" + name + "-%'")).isZero();
        dieAt("renewal.claiming");
        assertThat(number("invoice WHERE product LIKE '" + name + "-%'")).isZero();
        dieAt("charges.settling");
        assertThat(number("invoice WHERE status = 'PAID' AND product LIKE '" + name + "-%'"))
                .isZero();
        dieAt("charges.settled");
        assertThat(number("invoice WHERE status = 'PAID' AND product LIKE '" + name + "-%'"))
                .isPositive();
        subscriptions.startAgain();
        awaitService();
        awaitPaid(name, 8);

        assertThat(chargedAtToss(name))
                .as("orders Toss has taken money for")
                .hasSize(8)
                .doesNotHaveDuplicates();
        assertThat(number("charge_attempt JOIN invoice ON id = invoice_id WHERE product LIKE '" + name + "-%'"))
                .isEqualTo(8);
    }

    /** Starts the next life, which ends at the named place. */
    private void dieAt(String point) throws InterruptedException {
        subscriptions.startAgain("-Dwonflow.test.crash-at=" + point);
        assertThat(subscriptions.exitCode(LIMIT)).as(point).isEqualTo(137);
    }

    @Test
    @Tag("F12")
    void wrong_customer_key_for_all_stops_the_run_restricts_nobody_and_is_charged_once_after_it_is_mended()
            throws Exception {
        Http.Answer armed = payments.postToToss(
                "/control/faults",
                Map.of(
                        "kind",
                        "DECLINE",
                        "operation",
                        "billing-charge",
                        "code",
                        "NOT_MATCHES_CUSTOMER_KEY",
                        "times",
                        Integer.MAX_VALUE));
        assertThat(armed.status()).as(armed.body().toString()).isEqualTo(201);
        String name = due(120);

        await("halt").atMost(LIMIT).until(() -> state().equals("halted"));

        assertThat(number("subscription WHERE product LIKE '" + name + "-%' AND status <> 'ACTIVE'"))
                .as("restricted or worse")
                .isZero();
        assertThat(number("reported_incident WHERE kind = 'RENEWALS_HALTED'")).isOne();
        assertThat(payments.texts("SELECT kind || ' ' || about FROM reported_incident"))
                .as("the cause, at the service that knows it")
                .containsExactly("CHARGES_REFUSED NOT_MATCHES_CUSTOMER_KEY");
        assertThat(number("dunning_case")).isZero();
        assertThat(number("subscription WHERE product LIKE '" + name + "-%' AND due_at IS NOT NULL"))
                .as("those it had not come to")
                .isPositive();
        assertThat(chargedAtToss(name)).isEmpty();

        assertThat(payments.deleteAtToss("/control/faults").status()).isEqualTo(204);
        Http.Answer resumed =
                http.post(subscriptions.url() + "/api/renewals/resume", Map.of("reason", "the key is right again"));
        assertThat(resumed.status()).as(resumed.body().toString()).isEqualTo(200);
        awaitPaid(name, 120);

        assertThat(chargedAtToss(name)).hasSize(120).doesNotHaveDuplicates();
        assertThat(number("charge_attempt JOIN invoice ON id = invoice_id WHERE product LIKE '" + name + "-%'"))
                .as("each was asked for once")
                .isEqualTo(120);
    }

    /** Subscriptions that are due, each to a product of its own; answers how their products' names begin. */
    private String due(int count) throws SQLException {
        String name = "run" + named++;
        execute("""
            INSERT INTO subscription (id, tenant_id, product, plan, plan_version, quantity, status, collection,
                billing_method_id, zone, billing_day, anchor_at, period_number, period_start, plan_expires_at,
                period_value_won, activated_at, due_at, livemode, last_order_id, last_payment_id, version, engine_version)
            SELECT uuidv7(), '%s', '%s-' || i, 'team', 1, 1, 'ACTIVE', 'AUTOMATIC', '%s', 'Asia/Seoul', 1, begun, 0,
                begun, ended, %d, begun, ended, false, 'ord_before', 'pay_before', 1, 1
            FROM (SELECT date_trunc('second', now()) AS ended, date_trunc('second', now()) - interval '31 days' AS begun)
                AS period, generate_series(1, %d) AS i
            """.formatted(ShopTokens.ACME, name, method, PRICE, count));
        return name;
    }

    private void awaitPaid(String name, int count) {
        await("renewals of " + name)
                .atMost(LIMIT)
                .until(() -> number("invoice WHERE status = 'PAID' AND product LIKE '" + name + "-%'") == count);
    }

    /** Until it is ready, and knows what its plans cost. */
    private void awaitService() {
        await("subscription-service").atMost(LIMIT).until(() -> {
            try {
                return http.get(subscriptions.url() + "/readyz").status() == 200;
            } catch (CompletionException _) {
                return false;
            }
        });
    }

    private String state() {
        return http.get(subscriptions.url() + "/api/renewals").text("state");
    }

    /** Orders of a run that Toss has taken money for, each as often as it did. */
    private List<String> chargedAtToss(String name) throws SQLException {
        List<String> orders = texts("SELECT 'chg_' || replace(charge_id::text, '-', '') FROM charge_attempt"
                + " JOIN invoice ON id = invoice_id WHERE product LIKE '" + name + "-%'");
        List<String> charged = new ArrayList<>();
        for (JsonNode transaction : payments.getAtToss(
                        "/v1/transactions?startDate=2020-01-01T00:00:00&endDate=2035-01-01T00:00:00&limit=5000")
                .body()) {
            String order = transaction.path("orderId").asString();
            if (transaction.path("status").asString().equals("DONE") && orders.contains(order)) {
                charged.add(order);
            }
        }
        return charged;
    }

    private long number(String rows) throws SQLException {
        return Long.parseLong(texts("SELECT count(*) FROM " + rows).getFirst());
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("SPRING_DATASOURCE_URL", database.url()),
                Map.entry("SPRING_DATASOURCE_USERNAME", database.username()),
                Map.entry("SPRING_DATASOURCE_PASSWORD", database.password()),
                Map.entry("SPRING_KAFKA_BOOTSTRAP_SERVERS", TestServers.kafka().bootstrapServers()),
                Map.entry(
                        "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUERURI",
                        TokenIssuer.shared().uri()),
                Map.entry("SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_AUDIENCES", "wonflow"),
                Map.entry("MANAGEMENT_SERVER_PORT", "0"),
                Map.entry("WONFLOW_NOTICE_MAIL_ENABLED", "false"),
                Map.entry("WONFLOW_TOPICS_REPLICATION_FACTOR", "1"),
                Map.entry("WONFLOW_TOPICS_MIN_IN_SYNC_REPLICAS", "1"));
    }
}
