package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.money.Money;
import dev.wonflow.payment.billing.BillingMethodId;
import dev.wonflow.payment.billing.BillingMethods;
import dev.wonflow.payment.gateway.BillingGateway;
import dev.wonflow.payment.gateway.BillingKey;
import dev.wonflow.payment.gateway.ChargeCall;
import dev.wonflow.payment.gateway.toss.TossStub;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.runtime.TenantAgenda;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.runtime.TenantMoved;
import dev.wonflow.work.WorkItem;
import dev.wonflow.work.WorkKind;
import dev.wonflow.work.WorkTable;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cards that are charged without a window, over HTTP and Kafka and against the books of Toss. */
@WithPaymentService
class BillingIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final WorkKind CHARGE = WorkKind.named("charge");

    private final Driver driver;
    private final TossStub toss;
    private final JdbcClient jdbc;
    private final WorkTable work;
    private final IdSource ids;
    private final BillingMethods methods;
    private final BillingGateway gateway;
    private final TenantMoved moved;
    private final TenantAgenda agenda;
    private final Clock clock;

    @Autowired
    BillingIT(
            Driver driver,
            TossStub toss,
            JdbcClient jdbc,
            WorkTable work,
            IdSource ids,
            BillingMethods methods,
            BillingGateway gateway,
            TenantMoved moved,
            TenantAgenda agenda,
            Clock clock) {
        this.driver = driver;
        this.toss = toss;
        this.jdbc = jdbc;
        this.work = work;
        this.ids = ids;
        this.methods = methods;
        this.gateway = gateway;
        this.moved = moved;
        this.agenda = agenda;
        this.clock = clock;
    }

    @Test
    void card_is_registered_charged_and_removed() {
        String authKey = toss.agreed(customerKey());
        Driver.Answer registered = register(authKey);
        assertThat(registered.status()).as(registered.body().toString()).isEqualTo(201);
        assertThat(registered.text("number")).isEqualTo("94100012****789*");
        String method = registered.text("billingMethodId");

        UUID charge = ids.next();
        OrderId order = charged(charge, method, "PAID");

        assertThat(driver.status(order)).isEqualTo("PAID");
        assertThat(driver.published(order)).containsExactlyInAnyOrder("payment.paid.v1", "payment.charge-paid.v1");
        assertThat(toss.charges(order))
                .singleElement()
                .satisfies(call -> assertThat(call.idempotencyKey()).isEqualTo("charge:" + charge + ":1"));

        assertThat(driver.delete("/api/billing-methods/" + method).status()).isEqualTo(204);
        awaitRemoved(method);
        assertThat(driver.get("/api/billing-methods").body().toString()).doesNotContain(method);

        BillingKey billingKey = billingKeyOf(order);
        driver.sendKeyRemoved(billingKey);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                jdbc.sql("SELECT outcome FROM toss_webhook_all WHERE event_type = 'BILLING_DELETED'")
                                        .query(String.class)
                                        .list())
                        .contains("ALREADY_KNOWN"));
        assertThat(driver.published(UUID.fromString(method)))
                .containsExactly("payment.billing-method-registered.v1", "payment.billing-method-removed.v1");
    }

    @Test
    void money_of_a_charge_is_in_the_ledger_as_that_of_a_confirm_is() {
        OrderId order = charged(ids.next(), aMethod(), "PAID");

        assertThat(driver.texts("""
                SELECT kind || ' ' || account || ' ' || ledger_posting.amount_won
                    || CASE WHEN carried_over THEN ' carried over' ELSE '' END
                FROM payment JOIN ledger_entry ON payment_id = payment.id JOIN ledger_posting ON entry_id = ledger_entry.id
                WHERE order_id = ? ORDER BY account
                """, order))
                .containsExactly("CAPTURED CUSTOMER_CLEARING -29000", "CAPTURED PG_RECEIVABLE 29000");
    }

    @Test
    void same_authkey_again_is_the_same_method() {
        String authKey = toss.agreed(customerKey());

        String first = register(authKey).text("billingMethodId");

        assertThat(register(authKey).text("billingMethodId")).isEqualTo(first).isNotEmpty();
    }

    @Test
    void answer_of_the_exchange_that_was_lost_is_had_again() {
        String authKey = toss.agreed(customerKey());
        toss.next(authKey, new TossStub.Fault.AnswerLost());

        Driver.Answer lost = register(authKey);

        assertThat(lost.status()).isEqualTo(503);
        assertThat(lost.text("code")).isEqualTo("billing.not-known");
        assertThat(register(authKey).status()).isEqualTo(201);
    }

    @Test
    void wrong_requests_are_refused_with_what_was_expected() {
        Driver.Answer missing = driver.post("/api/billing-methods", "{\"customerKey\":\"x1\"}");
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.text("detail")).isEqualTo("authKey: missing (expected: the one of the successUrl)");

        Driver.Answer other =
                driver.post("/api/billing-methods", "{\"authKey\":\"e_1\",\"customerKey\":\"someone-else\"}");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.text("code")).isEqualTo("billing.customer-key-differs");

        customerKey();
        Driver.Answer used = register("e_made_up");
        assertThat(used.status()).isEqualTo(422);
        assertThat(used.text("tossCode")).isEqualTo("INVALID_BILLING_AUTH");

        Driver.Answer unknown = driver.get("/api/billing-methods/" + ids.next());
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.text("code")).isEqualTo("billing.method-not-found");
    }

    @Test
    void decline_is_told_with_what_can_help() {
        String method = aMethod();
        UUID charge = ids.next();
        toss.next(orderOf(charge), new TossStub.Fault.Refusal(403, "REJECT_CARD_PAYMENT"));

        OrderId order = charged(charge, method, "FAILED");

        assertThat(driver.texts(
                        "SELECT (payload::jsonb ->> 'failureCode') || ' ' || (payload::jsonb ->> 'remedy') FROM outbox"
                                + " WHERE aggregateid = ?",
                        order))
                .containsExactly("REJECT_CARD_PAYMENT LATER");
        assertThat(driver.status(order)).isEqualTo("none");
    }

    @Test
    void method_of_another_tenant_is_not_charged() {
        String method = aMethod();
        UUID charge = ids.next();

        driver.sendCharge(charge, method, "globex", 29_000);

        awaitCharge(charge, "FAILED");
        assertThat(toss.charges(orderOf(charge))).isEmpty();
    }

    @Test
    void one_command_sent_many_times_is_one_charge() {
        String method = aMethod();
        UUID charge = ids.next();
        for (int i = 0; i < 5; i++) {
            driver.sendCharge(charge, method, "default", 29_000);
        }

        OrderId order = charged(charge, method, "PAID");

        assertThat(effects(order)).isOne();
        assertThat(driver.published(order)).containsExactlyInAnyOrder("payment.paid.v1", "payment.charge-paid.v1");
    }

    @Test
    void older_command_that_comes_after_a_younger_one_of_its_tenant_is_a_charge_all_the_same() {
        String method = aMethod();
        UUID older = ids.next();
        UUID younger = ids.next();

        driver.sendCharge(younger, method, "default", 29_000, 2);
        awaitCharge(younger, "PAID");
        driver.sendCharge(older, method, "default", 19_000, 1);

        awaitCharge(older, "PAID");
        assertThat(effects(orderOf(older))).isOne();
    }

    @Test
    void charge_that_waits_is_made_at_once_when_its_tenant_is_moved_past_its_turn() {
        String method = aMethod();
        UUID charge = ids.next();
        work.pause(CHARGE, "a turn an hour away");
        try {
            driver.sendCharge(charge, method, "default", 29_000);
            awaitCharge(charge, "REQUESTED");
            work.plan(WorkItem.of(CHARGE, charge.toString(), clock.instant().plus(Duration.ofHours(1))));
        } finally {
            work.resume(CHARGE);
        }
        TenantId tenant = new TenantId("default");
        assertThat(agenda.of(tenant).next()).isAfter(clock.instant().plus(Duration.ofMinutes(50)));

        moved.moved(new TenantId("globex"), Duration.ZERO, Duration.ofDays(45));
        moved.moved(tenant, Duration.ZERO, Duration.ofMinutes(5));
        assertThat(agenda.of(tenant).next())
                .isBetween(
                        clock.instant().plus(Duration.ofMinutes(50)),
                        clock.instant().plus(Duration.ofMinutes(55)));
        moved.moved(tenant, Duration.ofMinutes(5), Duration.ofDays(45));

        awaitCharge(charge, "PAID");
        assertThat(agenda.of(tenant)).isEqualTo(new TenantAgenda.Agenda(0, null));
    }

    @Test
    void lost_answer_is_looked_for_and_nothing_is_sent_again() {
        String method = aMethod();
        UUID charge = ids.next();
        toss.next(orderOf(charge), new TossStub.Fault.AnswerLost());

        OrderId order = charged(charge, method, "PAID");

        assertThat(toss.charges(order)).hasSize(1);
        assertThat(driver.published(order))
                .containsExactlyInAnyOrder("payment.charge-unknown.v1", "payment.paid.v1", "payment.charge-paid.v1");
    }

    @Test
    void answer_of_no_use_leads_to_a_look_and_another_key_and_one_charge() {
        String method = aMethod();
        UUID charge = ids.next();
        toss.next(orderOf(charge), new TossStub.Fault.Refusal(500, "FAILED_CARD_COMPANY_RESPONSE"));

        OrderId order = charged(charge, method, "PAID");

        assertThat(toss.charges(order))
                .extracting(TossStub.Call::idempotencyKey)
                .containsExactly("charge:" + charge + ":1", "charge:" + charge + ":2");
        assertThat(effects(order)).isOne();
    }

    @Test
    void call_that_toss_turns_away_gives_all_charges_a_rest_and_is_made_after_it() {
        String method = aMethod();
        UUID charge = ids.next();
        toss.next(orderOf(charge), new TossStub.Fault.Refusal(429, "TOO_MANY_REQUESTS"));

        driver.sendCharge(charge, method, "default", 29_000);

        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("SELECT calls < 0 FROM charge_pace")
                        .query(Boolean.class)
                        .single());
        awaitCharge(charge, "PAID");
        assertThat(effects(orderOf(charge))).isOne();
        assertThat(toss.charges(orderOf(charge))).hasSize(2);
    }

    @Test
    void worker_that_died_before_the_call_leaves_one_charge() {
        String method = aMethod();
        UUID charge = ids.next();
        abandoned(charge, method, () -> {});

        OrderId order = charged(charge, method, "PAID");

        assertThat(effects(order)).isOne();
    }

    @Test
    void worker_that_died_after_the_effect_leaves_one_charge_and_its_events() {
        String method = aMethod();
        UUID charge = ids.next();
        OrderId order = orderOf(charge);
        BillingKey key =
                methods.key(new BillingMethodId(UUID.fromString(method))).orElseThrow();
        String customerKey = customerKey();
        abandoned(charge, method, () -> {
            var _ = gateway.charge(
                    new ChargeCall(charge, 1, order, key, customerKey, Money.ofWon(29_000), Money.ZERO, "팀 요금제 1개월"));
        });
        assertThat(effects(order)).as("charges made by the worker that died").isOne();

        awaitCharge(charge, "PAID");

        assertThat(toss.charges(order)).hasSize(1);
        assertThat(driver.published(order)).containsExactlyInAnyOrder("payment.paid.v1", "payment.charge-paid.v1");
    }

    @Test
    void key_that_toss_forgot_of_its_own_accord_is_charged_no_more() {
        String method = aMethod();
        OrderId first = charged(ids.next(), method, "PAID");
        driver.sendKeyRemovedInClear(billingKeyOf(first));
        awaitRemoved(method);
        UUID charge = ids.next();

        OrderId order = charged(charge, method, "FAILED");

        assertThat(toss.charges(order)).isEmpty();
        assertThat(driver.published(order)).containsExactly("payment.charge-failed.v1");
    }

    @Test
    void print_of_a_key_is_believed_of_ingest_and_of_nobody_else() {
        String method = aMethod();
        BillingKey key = billingKeyOf(charged(ids.next(), method, "PAID"));
        long before = removals();

        driver.sendKeyRemovedByItsPrint(key);

        await().atMost(PATIENCE).until(() -> removals() == before + 1);
        assertThat(driver.get("/api/billing-methods/" + method).text("status")).isEqualTo("active");
        driver.sendKeyRemoved(key);
        awaitRemoved(method);
        assertThat(driver.published(UUID.fromString(method)))
                .containsExactly("payment.billing-method-registered.v1", "payment.billing-method-removed.v1");
    }

    private void awaitRemoved(String method) {
        await().atMost(PATIENCE)
                .until(() -> driver.get("/api/billing-methods/" + method).text("status"), "removed"::equals);
    }

    /** Webhooks that told of a forgotten key. */
    private long removals() {
        return jdbc.sql("SELECT count(*) FROM toss_webhook_all WHERE event_type = 'BILLING_DELETED'")
                .query(Long.class)
                .single();
    }

    /** A worker claims the charge, does something, and is never heard of again. */
    private void abandoned(UUID charge, String method, Runnable last) {
        work.pause(CHARGE, "a worker dies");
        try {
            driver.sendCharge(charge, method, "default", 29_000);
            await().atMost(PATIENCE)
                    .until(() ->
                            jdbc.sql("UPDATE work SET attempt = attempt + 1, leased_until = now() + interval '1 second'"
                                                    + " WHERE kind = 'charge' AND id = ?")
                                            .param(charge.toString())
                                            .update()
                                    == 1);
            last.run();
        } finally {
            work.resume(CHARGE);
        }
    }

    private String aMethod() {
        return register(toss.agreed(customerKey())).text("billingMethodId");
    }

    private String customerKey() {
        return driver.post("/api/billing-methods/toss/window", "{}").text("customerKey");
    }

    private Driver.Answer register(String authKey) {
        return driver.post(
                "/api/billing-methods",
                "{\"authKey\":\"%s\",\"customerKey\":\"%s\"}".formatted(authKey, customerKey()));
    }

    private OrderId charged(UUID charge, String method, String status) {
        driver.sendCharge(charge, method, "default", 29_000);
        awaitCharge(charge, status);
        return orderOf(charge);
    }

    private void awaitCharge(UUID charge, String status) {
        await().alias("charge " + charge + " becomes " + status)
                .atMost(PATIENCE)
                .until(() -> jdbc.sql("SELECT coalesce(max(status), 'none') FROM charge WHERE id = ?")
                        .param(charge)
                        .query(String.class)
                        .single()
                        .equals(status));
    }

    private static OrderId orderOf(UUID charge) {
        return new OrderId("chg_" + charge.toString().replace("-", ""));
    }

    private long effects(OrderId order) {
        return toss.charges(order).stream().filter(TossStub.Call::effect).count();
    }

    private BillingKey billingKeyOf(OrderId order) {
        String path = toss.charges(order).getFirst().path();
        return new BillingKey(path.substring(path.lastIndexOf('/') + 1).replace("%3D", "="));
    }
}
