package dev.wonflow.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.incident.Incident;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.subscription.ActivatePlan;
import dev.wonflow.subscription.subscription.MoneyWentBack;
import dev.wonflow.subscription.subscription.Period;
import dev.wonflow.subscription.subscription.Purchase;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionStatus;
import dev.wonflow.subscription.subscription.Subscriptions;
import dev.wonflow.subscription.subscription.TakeBack;
import dev.wonflow.testsupport.contract.ContractSamples;
import dev.wonflow.testsupport.server.EarlierSchema;
import dev.wonflow.testsupport.server.RealServers;
import dev.wonflow.testsupport.server.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** This service on a database of the version before; CONTRIBUTING.md says when the pin moves. */
@RealServers
@SpringBootTest(properties = {EarlierSchema.VERSION + "=0006", EarlierSchema.ROWS + "=upgrade/rows.sql"})
class UpgradeIT {

    private final Subscriptions subscriptions;
    private final ActivatePlan activatePlan;
    private final TakeBack takeBack;
    private final TransactionOperations transaction;
    private final JdbcClient jdbc;

    @Autowired
    UpgradeIT(
            Subscriptions subscriptions,
            ActivatePlan activatePlan,
            TakeBack takeBack,
            TransactionOperations transaction,
            JdbcClient jdbc) {
        this.subscriptions = subscriptions;
        this.activatePlan = activatePlan;
        this.takeBack = takeBack;
        this.transaction = transaction;
        this.jdbc = jdbc;
    }

    @Test
    void subscription_of_every_status_is_read() {
        assertThat(List.of("tenant-before-active", "tenant-before-expired"))
                .extracting(tenant -> subscriptions
                        .find(new TenantId(tenant), Plan.DEFAULT_PRODUCT)
                        .orElseThrow()
                        .status())
                .containsExactlyInAnyOrder(SubscriptionStatus.ACTIVE, SubscriptionStatus.EXPIRED);
    }

    @Test
    void incidents_of_every_kind_are_among_the_rows() {
        assertThat(jdbc.sql("SELECT kind FROM reported_incident")
                        .query(String.class)
                        .list())
                .containsAll(Arrays.stream(Incident.Kind.values())
                        .filter(kind -> kind != Incident.Kind.PAID_FOR_NOTHING)
                        .map(Incident.Kind::name)
                        .toList());
    }

    @Test
    void lapsed_plan_begins_anew_and_its_payment_counts_once() {
        Purchase purchase = purchase("after-p1", "tenant-before-expired", "pro", 59_000);

        paid(purchase);
        paid(purchase);

        Subscription subscription = subscriptions
                .find(new TenantId("tenant-before-expired"), Plan.DEFAULT_PRODUCT)
                .orElseThrow();
        assertThat(subscription.status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(subscription.planExpiresAt()).isEqualTo("2026-03-10T03:00:00Z");
        assertThat(subscription.version()).isEqualTo(5);
    }

    @Test
    void payment_counted_before_is_not_counted_again_and_a_person_hears_when_it_goes_back() {
        paid(purchase("before-p1", "tenant-before-active", "basic", 9_900));
        transaction.executeWithoutResult(_ -> takeBack.wentBack(new MoneyWentBack(
                "before-p1",
                "ord_before_1",
                new TenantId("tenant-before-active"),
                Money.ofWon(9_900),
                true,
                "refunded",
                Instant.parse("2026-02-01T00:00:00Z"))));

        assertThat(subscriptions
                        .find(new TenantId("tenant-before-active"), Plan.DEFAULT_PRODUCT)
                        .orElseThrow()
                        .planExpiresAt())
                .isEqualTo("2026-02-28T03:00:00Z");
        assertThat(jdbc.sql("SELECT kind FROM reported_incident WHERE about = 'before-p1'")
                        .query(String.class)
                        .list())
                .containsExactly("MONEY_WENT_BACK");
    }

    @Test
    void outbox_stays_as_the_version_before_demands_it_and_traced_messages_go_without_their_trace() {
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(
                "payment.events",
                "traced-p1".getBytes(UTF_8),
                ContractSamples.of("payment.paid.v1", "plan").json().getBytes(UTF_8));
        message.headers()
                .add("ce_id", "traced-m1".getBytes(UTF_8))
                .add("ce_type", "payment.paid.v1".getBytes(UTF_8))
                .add("ce_sequence", "3".getBytes(UTF_8))
                .add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".getBytes(UTF_8));
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            var _ = producer.send(message);
        }

        Awaitility.await("the plan")
                .atMost(Duration.ofSeconds(60))
                .until(() -> jdbc.sql("SELECT EXISTS (SELECT FROM outbox WHERE type = 'subscription.activated.v1'"
                                + " AND payload LIKE '%ord_019b8c19cde073c4af0b6d4c8e91a003%')")
                        .query(Boolean.class)
                        .single());
        assertThat(jdbc.sql("SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute"
                                + " WHERE attrelid = 'outbox'::regclass AND attnum > 0 AND NOT attisdropped")
                        .query(String.class)
                        .single())
                .isEqualTo("id aggregatetype aggregateid type sequence tenant_id occurred_at payload appended_at");
    }

    /** In a hundred years: what is due by now would be done meanwhile. */
    @Test
    void row_the_version_before_writes_gets_its_period_and_falls_due_at_its_end() {
        jdbc.sql("""
                INSERT INTO subscription (id, tenant_id, plan, status, billing_day, activated_at, plan_expires_at, livemode,
                    last_order_id, last_payment_id, version)
                VALUES ('00000000-0000-7000-8000-000000000061', 'tenant-meanwhile', 'basic', 'ACTIVE', 31,
                    '2126-01-31T03:00:00Z', '2126-02-28T03:00:00Z', false, 'ord_1', 'p1', 1)
                """).update();
        Subscription first = meanwhile();
        jdbc.sql("""
                UPDATE subscription SET plan_expires_at = '2126-03-31T03:00:00Z', last_order_id = 'ord_2',
                    last_payment_id = 'p2', version = 2
                WHERE tenant_id = 'tenant-meanwhile'
                """).update();
        Subscription second = meanwhile();

        assertThat(first.period())
                .isEqualTo(new Period(
                        0,
                        Instant.parse("2126-01-31T03:00:00Z"),
                        Instant.parse("2126-02-28T03:00:00Z"),
                        Money.ofWon(9_900)));
        assertThat(first.dueAt()).isEqualTo("2126-02-28T03:00:00Z");
        assertThat(second.period())
                .isEqualTo(new Period(
                        1,
                        Instant.parse("2126-02-28T03:00:00Z"),
                        Instant.parse("2126-03-31T03:00:00Z"),
                        Money.ofWon(9_900)));
        assertThat(second.anchor()).isEqualTo("2126-01-31T03:00:00Z");
    }

    private Subscription meanwhile() {
        return subscriptions
                .find(new TenantId("tenant-meanwhile"), Plan.DEFAULT_PRODUCT)
                .orElseThrow();
    }

    private void paid(Purchase purchase) {
        transaction.executeWithoutResult(_ -> activatePlan.paid(purchase));
    }

    private static Purchase purchase(String payment, String tenant, String plan, long won) {
        return new Purchase(
                payment,
                "ord_" + payment,
                new TenantId(tenant),
                plan,
                null,
                Money.ofWon(won),
                false,
                Instant.parse("2026-02-10T03:00:00Z"));
    }
}
