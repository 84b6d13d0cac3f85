package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.gateway.toss.TossStub;
import dev.wonflow.testsupport.access.TokenIssuer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** A second instance beside the one all tests share: one database, one Kafka, one Toss. */
@WithPaymentService
class TwoInstancesIT {

    private static final int ROUNDS = 10;

    private final Driver driver;
    private final TossStub toss;
    private final Meeting meeting;
    private final Environment environment;

    @Autowired
    TwoInstancesIT(Driver driver, TossStub toss, Meeting meeting, Environment environment) {
        this.driver = driver;
        this.toss = toss;
        this.meeting = meeting;
        this.environment = environment;
    }

    @Test
    @Tag("F2")
    void confirms_at_two_instances_are_one_call_and_all_get_its_result() {
        try (ConfigurableApplicationContext second = secondInstance()) {
            for (OrderId order : driver.placedOrders(ROUNDS)) {
                PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
                Meeting.Place claim = meeting.of(order, 4);

                List<CompletableFuture<Driver.Answer>> answers = Stream.of(
                                port(environment), port(second), port(environment), port(second))
                        .map(port -> driver.confirmLaterAt(port, order, key))
                        .toList();

                assertThat(answers).allSatisfy(answer -> {
                    assertThat(answer.join().status()).isEqualTo(200);
                    assertThat(answer.join().text("status")).isEqualTo("paid");
                });
                claim.assertRaced();
                assertThat(claim.losers()).as("claims of %s that lost", order).isEqualTo(3);
                assertThat(toss.confirms(order)).as("calls about %s", order).hasSize(1);
                assertThat(driver.published(order)).containsExactly("payment.requested.v1", "payment.paid.v1");
            }
        }
    }

    @Test
    @Tag("F2")
    void confirm_webhook_and_cancelled_order_at_two_instances_end_in_one_consistent_state() {
        try (ConfigurableApplicationContext second = secondInstance()) {
            Map<OrderId, List<Integer>> statuses = new LinkedHashMap<>();
            for (OrderId order : driver.placedOrders(ROUNDS)) {
                PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
                Meeting.Place all = meeting.of(order, 4);

                CompletableFuture<Driver.Answer> here = driver.confirmLaterAt(port(environment), order, key);
                CompletableFuture<Driver.Answer> there = driver.confirmLaterAt(port(second), order, key);
                driver.sendWebhook(order, key, "DONE");
                driver.cancelOrder(order);

                statuses.put(order, List.of(here.join().status(), there.join().status()));
                all.assertRaced();
            }
            statuses.forEach((order, answers) -> {
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() ->
                                assertThat(driver.webhooks(order)).isNotEmpty().doesNotContain("PENDING"));
                boolean paid = answers.contains(200);
                assertThat(answers).as("answers about %s", order).containsOnly(paid ? 200 : 409);
                driver.awaitStatus(order, paid ? "REFUNDED" : "CANCELED");
                assertThat(toss.confirms(order)).as("calls about %s", order).hasSize(paid ? 1 : 0);
                assertThat(toss.cancels(order)).as("refunds of %s", order).hasSize(paid ? 1 : 0);
                assertThat(driver.incidents(order)).isEmpty();
            });
        }
    }

    @Test
    @Tag("F14")
    void payment_whose_instance_stops_during_the_confirm_is_resolved_by_the_other_and_charged_once() {
        ConfigurableApplicationContext second = secondInstance();
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        toss.next(order, new TossStub.Fault.Slow(Duration.ofSeconds(30)));

        CompletableFuture<Driver.Answer> confirm = driver.confirmLaterAt(port(second), order, key);
        await().atMost(Duration.ofSeconds(20)).until(() -> toss.confirms(order).size() == 1);
        assertThat(driver.status(order)).isEqualTo("CONFIRMING");
        second.close();

        assertThat(driver.status(order)).as("after the shutdown").isIn("CONFIRMING", "UNKNOWN");
        await().alias(order + " is paid")
                .atMost(Duration.ofSeconds(60))
                .until(() -> driver.status(order).equals("PAID"));
        assertThat(toss.confirms(order)).filteredOn(TossStub.Call::effect).hasSize(1);
        assertThat(driver.published(order)).contains("payment.paid.v1").doesNotHaveDuplicates();
        // Its caller was told the truth, or nothing.
        assertThatCode(() -> assertThat(confirm.join().status()).isIn(202, 500, 503))
                .satisfiesAnyOf(
                        thrown -> assertThat(thrown).isNull(),
                        thrown -> assertThat(thrown).isInstanceOf(CompletionException.class));
    }

    private ConfigurableApplicationContext secondInstance() {
        return new SpringApplicationBuilder(PaymentServiceApplication.class)
                .initializers(context -> context.getBeanFactory().addBeanPostProcessor(meeting))
                .properties(shared(
                        "spring.datasource.url",
                        "spring.datasource.username",
                        "spring.datasource.password",
                        "spring.kafka.bootstrap-servers",
                        "wonflow.topics.replication-factor",
                        "wonflow.topics.min-in-sync-replicas",
                        "TOSS_API_BASE_URL",
                        "TOSS_SECRET_KEY",
                        "TOSS_CLIENT_KEY"))
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--spring.security.oauth2.resourceserver.jwt.issuer-uri="
                                + TokenIssuer.shared().uri(),
                        "--spring.lifecycle.timeout-per-shutdown-phase=1s",
                        "--wonflow.toss.connect-timeout=1s",
                        "--wonflow.toss.read-timeout=6s",
                        "--wonflow.toss.cancel-timeout=6s",
                        "--wonflow.toss.inquiry-timeout=1s",
                        "--wonflow.status-check.orphan-after=10s");
    }

    private Map<String, Object> shared(String... names) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String name : names) {
            properties.put(name, environment.getRequiredProperty(name));
        }
        return properties;
    }

    private static int port(ConfigurableApplicationContext context) {
        return port(context.getEnvironment());
    }

    private static int port(Environment environment) {
        return environment.getRequiredProperty("local.server.port", Integer.class);
    }
}
