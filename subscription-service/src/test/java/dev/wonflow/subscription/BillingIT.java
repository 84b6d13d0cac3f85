package dev.wonflow.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.idempotency.Once;
import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.incident.Incident;
import dev.wonflow.subscription.invoice.BillWhatIsDue;
import dev.wonflow.subscription.invoice.Invoice;
import dev.wonflow.subscription.invoice.InvoiceEvent;
import dev.wonflow.subscription.invoice.InvoiceEvents;
import dev.wonflow.subscription.invoice.InvoiceFact;
import dev.wonflow.subscription.invoice.InvoiceId;
import dev.wonflow.subscription.invoice.InvoicePayment;
import dev.wonflow.subscription.invoice.Invoices;
import dev.wonflow.subscription.invoice.SettleInvoices;
import dev.wonflow.subscription.subscription.FollowMethods;
import dev.wonflow.subscription.subscription.MoneyWentBack;
import dev.wonflow.subscription.subscription.StoreSubscriptions;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.Subscriptions;
import dev.wonflow.subscription.subscription.TakeBack;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.access.TokenIssuer;
import dev.wonflow.testsupport.server.RealServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a tenant's wish to the invoice and the period it pays for, over HTTP and on a real PostgreSQL. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@RealServers
class BillingIT {

    private static final Instant NOON = Instant.parse("2026-01-05T03:00:00Z");
    private static final JsonMapper JSON = new JsonMapper();
    private static final AtomicInteger TENANTS = new AtomicInteger();

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final Subscriptions subscriptions;
    private final Invoices invoices;
    private final BillWhatIsDue billWhatIsDue;
    private final SettleInvoices settleInvoices;
    private final StoreSubscriptions storeSubscriptions;
    private final FollowMethods followMethods;
    private final TakeBack takeBack;
    private final TransactionOperations transaction;
    private final JdbcClient jdbc;
    private final MutableClock clock;
    private final Issued issued;
    private final RequestMappingHandlerMapping handlers;
    private final TenantId tenant = new TenantId("billing-" + TENANTS.incrementAndGet());
    private final UUID method = UUID.nameUUIDFromBytes(new byte[] {(byte) TENANTS.get(), 77});

    @Autowired
    BillingIT(
            @Value("${local.server.port}") int port,
            Subscriptions subscriptions,
            Invoices invoices,
            BillWhatIsDue billWhatIsDue,
            SettleInvoices settleInvoices,
            StoreSubscriptions storeSubscriptions,
            FollowMethods followMethods,
            TakeBack takeBack,
            TransactionOperations transaction,
            JdbcClient jdbc,
            MutableClock clock,
            Issued issued,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping handlers) {
        this.port = port;
        this.subscriptions = subscriptions;
        this.invoices = invoices;
        this.billWhatIsDue = billWhatIsDue;
        this.settleInvoices = settleInvoices;
        this.storeSubscriptions = storeSubscriptions;
        this.followMethods = followMethods;
        this.takeBack = takeBack;
        this.transaction = transaction;
        this.jdbc = jdbc;
        this.clock = clock;
        this.issued = issued;
        this.handlers = handlers;
    }

    @TestConfiguration
    static class Surroundings {

        @Bean
        MutableClock clock() {
            return new MutableClock(NOON);
        }

        @Bean
        Issued issued() {
            return new Issued();
        }
    }

    /** Whoever has invoices charged. */
    static final class Issued implements InvoiceEvents {

        private final List<Invoice> toCharge = new ArrayList<>();

        @Override
        public void publish(List<InvoiceFact> facts) {
            facts.stream()
                    .filter(fact -> fact.event() instanceof InvoiceEvent.Issued)
                    .forEach(fact -> toCharge.add(fact.invoice()));
        }
    }

    @BeforeEach
    void register_a_card() {
        clock.set(NOON);
        issued.toCharge.clear();
        transaction.executeWithoutResult(_ -> followMethods.registered(method, tenant, NOON));
        offer("basic", "{\"name\":\"베이직\",\"price\":9900}");
        offer("team", "{\"name\":\"팀\",\"price\":29000,\"includedSeats\":5,\"seatPrice\":5000,\"maxSeats\":100}");
        offer("trial", "{\"name\":\"체험\",\"price\":19000,\"trialDays\":14,\"trialNeedsMethod\":false}");
        offer("storage", "{\"name\":\"저장소\",\"price\":3000,\"product\":\"storage\",\"interval\":\"P1Y\"}");
    }

    @Test
    void subscription_waits_for_its_first_payment_and_its_period_begins_with_it() {
        JsonNode created = post(202, "/api/subscriptions", subscribe("team", ",\"quantity\":7"));
        Invoice invoice = toCharge();
        clock.advance(Duration.ofMinutes(5));

        pay(invoice);

        assertThat(created.get("status").stringValue()).isEqualTo("incomplete");
        assertThat(invoice.total().won()).isEqualTo(39_000);
        JsonNode active = get(200, "/api/subscriptions/default");
        assertThat(active.get("status").stringValue()).isEqualTo("active");
        assertThat(active.get("periodStart").stringValue()).isEqualTo("2026-01-05T03:05:00Z");
        assertThat(active.get("planExpiresAt").stringValue()).isEqualTo("2026-02-05T03:05:00Z");
        JsonNode paid = get(200, "/api/invoices").get("data").get(0);
        assertThat(paid.get("status").stringValue()).isEqualTo("paid");
        assertThat(paid.get("vat").longValue()).isEqualTo(3_545);
        assertThat(paid.get("periodStart").stringValue()).isEqualTo("2026-01-05T03:05:00Z");
        assertThat(paid.get("receiptNumber").stringValue()).matches("2026-[0-9]{6}");
        assertThat(events())
                .containsExactly(
                        "subscription.changed.v1 1",
                        "invoice.issued.v1 1",
                        "invoice.paid.v1 2",
                        "subscription.renewed.v1 2");
    }

    @Test
    void declined_first_payment_leaves_nothing_behind_but_an_invoice_that_is_void() {
        post(202, "/api/subscriptions", subscribe("basic", ""));

        List<Invoice> waiting = fail(toCharge());

        assertThat(waiting).isEmpty();
        assertThat(get(200, "/api/subscriptions/default").get("status").stringValue())
                .isEqualTo("expired");
        assertThat(get(200, "/api/invoices").get("data").get(0).get("status").stringValue())
                .isEqualTo("void");
        post(202, "/api/subscriptions/default/reactivate", "{}");
        pay(toCharge());
        assertThat(get(200, "/api/subscriptions/default").get("status").stringValue())
                .isEqualTo("active");
    }

    @Test
    void period_that_comes_is_billed_once_and_its_preview_said_what_it_would_be() {
        subscribed("team", ",\"quantity\":7");
        JsonNode preview = get(200, "/api/subscriptions/default/next-invoice");
        clock.set(Instant.parse("2026-02-05T03:00:00Z"));

        assertThat(billDue().issued()).hasSize(1);
        assertThat(billDue().issued()).isEmpty();

        Invoice invoice = toCharge();
        assertThat(preview.get("amount").longValue()).isEqualTo(invoice.total().won());
        assertThat(preview.get("lines").size()).isEqualTo(invoice.lines().size());
        assertThat(preview.get("periodEnd").stringValue())
                .isEqualTo(invoice.period().end().toString());
        pay(invoice);
        assertThat(get(200, "/api/subscriptions/default").get("planExpiresAt").stringValue())
                .isEqualTo("2026-03-05T03:00:00Z");
        assertThat(get(200, "/api/invoices").get("data").size()).isEqualTo(2);
    }

    @Test
    void two_invoices_for_one_period_are_refused_by_the_database() {
        subscribed("basic", "");
        clock.set(Instant.parse("2026-02-05T03:00:00Z"));
        billDue();
        Invoice invoice = toCharge();

        assertThatThrownBy(() -> transaction.execute(_ -> invoices.add(List.of(new Invoice(
                        new InvoiceId(UUID.nameUUIDFromBytes(new byte[] {1, 2, (byte) TENANTS.get()})),
                        invoice.subscriptionId(),
                        invoice.tenantId(),
                        invoice.product(),
                        null,
                        invoice.terms(),
                        invoice.period(),
                        invoice.status(),
                        invoice.amounts(),
                        invoice.lines(),
                        invoice.billingMethodId(),
                        invoice.refunded(),
                        invoice.issuedAt(),
                        invoice.dueAt(),
                        null,
                        null,
                        null,
                        null,
                        0)))))
                .isInstanceOf(DuplicateKeyException.class)
                .hasMessageContaining("invoice_one_per_period");
    }

    @Test
    void failed_payment_for_a_period_waits_for_another_attempt() {
        subscribed("basic", "");
        clock.set(Instant.parse("2026-02-05T03:00:00Z"));
        billDue();

        assertThat(fail(toCharge())).hasSize(1);

        assertThat(get(200, "/api/subscriptions/default").get("status").stringValue())
                .isEqualTo("active");
        assertThat(get(200, "/api/invoices").get("data").get(0).get("status").stringValue())
                .isEqualTo("open");
    }

    @Test
    void money_for_a_subscription_that_was_canceled_meanwhile_calls_a_person() {
        subscribed("basic", "");
        clock.set(Instant.parse("2026-02-05T03:00:00Z"));
        billDue();
        Invoice invoice = toCharge();
        post(200, "/api/subscriptions/default/cancel", "{\"when\":\"now\"}");

        pay(invoice);

        assertThat(jdbc.sql("SELECT kind FROM reported_incident WHERE tenant_id = :tenant")
                        .param("tenant", tenant.value())
                        .query(String.class)
                        .list())
                .containsExactly(Incident.Kind.PAID_FOR_NOTHING.name());
        assertThat(get(200, "/api/subscriptions/default").get("status").stringValue())
                .isEqualTo("canceled");
    }

    @Test
    void whoever_cancels_while_a_charge_is_under_way_is_not_charged_once_more() {
        subscribed("basic", "");
        clock.set(Instant.parse("2026-02-05T03:00:00Z"));
        billDue();
        Invoice invoice = toCharge();
        clock.advance(Duration.ofMinutes(1));
        post(200, "/api/subscriptions/default/cancel", "{\"when\":\"now\"}");

        pay(invoice);

        JsonNode paid = get(200, "/api/subscriptions/default");
        assertThat(paid.get("planExpiresAt").stringValue()).isEqualTo("2026-03-05T03:00:00Z");
        assertThat(paid.get("cancelAt").stringValue()).isEqualTo("2026-03-05T03:00:00Z");
        clock.set(Instant.parse("2026-03-05T03:00:00Z"));
        assertThat(billDue().issued()).isEmpty();
        assertThat(get(200, "/api/subscriptions/default").get("status").stringValue())
                .isEqualTo("canceled");
    }

    @Test
    void period_that_nobody_paid_is_given_up_and_may_be_asked_for_again() {
        Invoice unpaid = givenUp();
        assertThat(get(200, "/api/invoices").get("data").get(0).get("status").stringValue())
                .isEqualTo("uncollectible");

        post(202, "/api/subscriptions/default/reactivate", "{}");
        Invoice again = toCharge();
        pay(unpaid);
        pay(again);

        assertThat(again.period().number()).isEqualTo(unpaid.period().number());
        assertThat(jdbc.sql("SELECT kind FROM reported_incident WHERE tenant_id = :tenant")
                        .param("tenant", tenant.value())
                        .query(String.class)
                        .list())
                .containsExactly("PAID_FOR_NOTHING");
        assertThat(get(200, "/api/subscriptions/default").get("status").stringValue())
                .isEqualTo("active");
    }

    @Test
    void invoice_that_was_given_up_and_is_paid_after_its_period_gives_one_that_begins_with_the_payment() {
        Invoice unpaid = givenUp();
        clock.set(Instant.parse("2026-05-20T00:00:00Z"));

        pay(unpaid);

        JsonNode back = get(200, "/api/subscriptions/default");
        assertThat(back.get("status").stringValue()).isEqualTo("active");
        assertThat(back.get("periodStart").stringValue()).isEqualTo("2026-05-20T00:00:00Z");
        assertThat(back.get("planExpiresAt").stringValue()).isEqualTo("2026-06-20T00:00:00Z");
    }

    private Invoice givenUp() {
        subscribed("basic", "");
        clock.set(Instant.parse("2026-02-05T03:00:00Z"));
        billDue();
        Invoice invoice = toCharge();
        fail(invoice);
        transaction.executeWithoutResult(_ -> storeSubscriptions.store(
                subscriptions.find(tenant, "default").orElseThrow().pastDue(clock.instant())));
        clock.advance(Duration.ofDays(20));
        transaction.executeWithoutResult(_ -> storeSubscriptions.store(
                subscriptions.find(tenant, "default").orElseThrow().canceled(clock.instant())));
        return invoice;
    }

    @Test
    void upgrade_holds_when_its_difference_is_paid_and_not_before() {
        subscribed("basic", "");
        clock.set(Instant.parse("2026-01-20T15:00:00Z"));

        JsonNode preview = get(200, "/api/subscriptions/default/change-preview?plan=team");
        JsonNode waiting = post(202, "/api/subscriptions/default/change", "{\"plan\":\"team\",\"when\":\"now\"}");
        post(409, "/api/subscriptions/default/change", "{\"quantity\":2,\"when\":\"now\"}");
        Invoice invoice = toCharge();
        pay(invoice);

        assertThat(waiting.get("plan").stringValue()).isEqualTo("basic");
        assertThat(waiting.get("pending").get("awaitingPayment").booleanValue()).isTrue();
        assertThat(invoice.total().won()).isEqualTo(9_550);
        assertThat(preview.get("amount").longValue()).isEqualTo(9_550);
        JsonNode upgraded = get(200, "/api/subscriptions/default");
        assertThat(upgraded.get("plan").stringValue()).isEqualTo("team");
        assertThat(upgraded.get("planExpiresAt").stringValue()).isEqualTo("2026-02-05T03:00:00Z");
        assertThat(upgraded.get("pending").isNull()).isTrue();
    }

    @Test
    void change_during_a_trial_costs_nothing_and_its_preview_says_so() {
        post(201, "/api/subscriptions", "{\"plan\":\"trial\"}");

        JsonNode preview = get(200, "/api/subscriptions/default/change-preview?plan=team");
        JsonNode changed = post(200, "/api/subscriptions/default/change", "{\"plan\":\"team\",\"when\":\"now\"}");

        assertThat(preview.get("amount").longValue()).isZero();
        assertThat(preview.get("lines")).isEmpty();
        assertThat(preview.get("periodEnd")).isEqualTo(changed.get("trialEndsAt"));
        assertThat(changed.get("plan").stringValue()).isEqualTo("team");
        assertThat(get(200, "/api/invoices").get("data")).isEmpty();
    }

    @Test
    void preview_of_a_change_is_refused_where_the_change_would_be() {
        subscribed("basic", "");
        post(202, "/api/subscriptions/default/change", "{\"plan\":\"team\",\"when\":\"now\"}");

        JsonNode waiting = get(409, "/api/subscriptions/default/change-preview?quantity=2");
        post(200, "/api/subscriptions/default/cancel", "{\"when\":\"now\"}");
        JsonNode over = get(409, "/api/subscriptions/default/change-preview?plan=team");

        assertThat(waiting.get("code").stringValue()).isEqualTo("subscription.payment-outstanding");
        assertThat(over.get("code").stringValue()).isEqualTo("subscription.not-possible");
    }

    @Test
    void plan_that_is_free_of_tax_is_charged_and_invoiced_as_that() {
        offer("book", "{\"name\":\"전자책\",\"price\":12000,\"taxFreeAmount\":12000}");
        subscribed("book", "");

        JsonNode invoice = get(200, "/api/invoices").get("data").get(0);
        assertThat(invoice.get("taxFreeAmount").longValue()).isEqualTo(12_000);
        assertThat(invoice.get("vat").longValue()).isZero();
        assertThat(jdbc.sql(
                                "SELECT payload FROM outbox WHERE tenant_id = :tenant AND type = 'payment.charge-requested.v1'")
                        .param("tenant", tenant.value())
                        .query(String.class)
                        .single())
                .contains("\"taxFreeAmount\":12000");
    }

    @Test
    void plan_that_is_taxed_otherwise_comes_with_the_next_period_and_not_within_one() {
        offer("book", "{\"name\":\"전자책\",\"price\":12000,\"taxFreeAmount\":12000}");
        subscribed("basic", "");
        clock.set(Instant.parse("2026-01-20T15:00:00Z"));

        assertThat(post(409, "/api/subscriptions/default/change", "{\"plan\":\"book\",\"when\":\"now\"}")
                        .get("code")
                        .stringValue())
                .isEqualTo("subscription.taxed-otherwise");
        assertThat(get(409, "/api/subscriptions/default/change-preview?plan=book")
                        .get("code")
                        .stringValue())
                .isEqualTo("subscription.taxed-otherwise");
        post(200, "/api/subscriptions/default/change", "{\"plan\":\"book\",\"when\":\"period_end\"}");
        clock.set(Instant.parse("2026-02-05T03:00:00Z"));
        billDue();

        assertThat(toCharge().amounts().taxFree().won()).isEqualTo(12_000);
    }

    @Test
    void plan_with_longer_periods_begins_one_of_its_own_and_the_rest_of_the_old_one_is_taken_off() {
        offer("yearly", "{\"name\":\"연간\",\"price\":99000,\"interval\":\"P1Y\"}");
        subscribed("basic", "");
        clock.set(Instant.parse("2026-01-20T15:00:00Z"));
        post(202, "/api/subscriptions/default/change", "{\"plan\":\"yearly\",\"when\":\"now\"}");
        Invoice invoice = toCharge();

        pay(invoice);

        assertThat(invoice.total().won()).isEqualTo(94_050);
        assertThat(get(200, "/api/subscriptions/default").get("planExpiresAt").stringValue())
                .isEqualTo("2027-01-20T15:00:00Z");
        clock.set(Instant.parse("2027-01-20T15:00:00Z"));
        billDue();
        assertThat(toCharge().total().won()).isEqualTo(99_000);
    }

    @Test
    void upgrade_whose_money_went_back_is_taken_back_and_the_plan_of_before_holds_again() {
        subscribed("basic", "");
        clock.set(Instant.parse("2026-01-20T15:00:00Z"));
        post(202, "/api/subscriptions/default/change", "{\"plan\":\"team\",\"when\":\"now\"}");
        Invoice upgrade = toCharge();
        pay(upgrade);

        getsBack(upgrade);

        JsonNode before = get(200, "/api/subscriptions/default");
        assertThat(before.get("status").stringValue()).isEqualTo("active");
        assertThat(before.get("plan").stringValue()).isEqualTo("basic");
        assertThat(before.get("planExpiresAt").stringValue()).isEqualTo("2026-02-05T03:00:00Z");
        // Once more it costs the same: what is left of the period is worth what the old plan is.
        assertThat(get(200, "/api/subscriptions/default/change-preview?plan=team")
                        .get("amount")
                        .longValue())
                .isEqualTo(9_550);
    }

    @Test
    void plan_of_before_is_worth_no_more_than_is_still_paid_of_it_when_it_holds_again() {
        post(202, "/api/subscriptions", subscribe("basic", ""));
        Invoice first = toCharge();
        pay(first);
        getsBack(first, Money.ofWon(900));
        clock.set(Instant.parse("2026-01-20T15:00:00Z"));
        post(202, "/api/subscriptions/default/change", "{\"plan\":\"team\",\"when\":\"now\"}");
        Invoice upgrade = toCharge();
        pay(upgrade);

        getsBack(upgrade);

        assertThat(upgrade.total().won()).isEqualTo(10_000);
        assertThat(get(200, "/api/subscriptions/default/change-preview?plan=team")
                        .get("amount")
                        .longValue())
                .isEqualTo(10_000);
    }

    @Test
    void change_that_began_a_period_and_whose_money_went_back_takes_that_with_it() {
        offer("yearly", "{\"name\":\"연간\",\"price\":99000,\"interval\":\"P1Y\"}");
        subscribed("basic", "");
        clock.set(Instant.parse("2026-01-20T15:00:00Z"));
        post(202, "/api/subscriptions/default/change", "{\"plan\":\"yearly\",\"when\":\"now\"}");
        Invoice year = toCharge();
        pay(year);
        clock.advance(Duration.ofDays(3));

        getsBack(year);

        JsonNode ended = get(200, "/api/subscriptions/default");
        assertThat(ended.get("status").stringValue()).isEqualTo("expired");
        assertThat(ended.get("planExpiresAt").stringValue()).isEqualTo("2026-01-23T15:00:00Z");
    }

    private void getsBack(Invoice invoice) {
        getsBack(invoice, invoice.total());
    }

    private void getsBack(Invoice invoice, Money part) {
        transaction.executeWithoutResult(_ -> takeBack.wentBack(new MoneyWentBack(
                "payment-of-" + invoice.id(),
                "chg_" + invoice.id(),
                tenant,
                part,
                part.equals(invoice.total()),
                "refunded",
                clock.instant())));
    }

    @Test
    void rest_costs_nothing_and_going_on_begins_with_a_payment() {
        subscribed("basic", "");
        post(200, "/api/subscriptions/default/pause", "{\"reason\":\"휴가\"}");
        clock.set(Instant.parse("2026-02-05T03:00:00Z"));
        assertThat(billDue().moved()).isEqualTo(1);
        assertThat(get(200, "/api/subscriptions/default").get("status").stringValue())
                .isEqualTo("paused");
        clock.set(Instant.parse("2026-06-10T03:00:00Z"));

        post(202, "/api/subscriptions/default/resume", "{}");
        pay(toCharge());

        JsonNode running = get(200, "/api/subscriptions/default");
        assertThat(running.get("status").stringValue()).isEqualTo("active");
        assertThat(running.get("planExpiresAt").stringValue()).isEqualTo("2026-07-10T03:00:00Z");
        assertThat(running.get("pauseAt").isNull()).isTrue();
    }

    @Test
    void days_are_those_of_the_tenants_zone_and_the_time_of_day_stays_when_its_clocks_change() {
        clock.set(Instant.parse("2026-02-10T15:00:00Z"));
        subscribed("basic", ",\"zone\":\"America/New_York\"");

        // Ten in the morning in New York, which is an hour earlier in UTC from 8 March on.
        assertThat(get(200, "/api/subscriptions/default").get("planExpiresAt").stringValue())
                .isEqualTo("2026-03-10T14:00:00Z");
        assertThat(post(400, "/api/subscriptions", subscribe("storage", ",\"zone\":\"Mars/Base\""))
                        .get("detail")
                        .stringValue())
                .startsWith("zone: not known");
    }

    @Test
    void declined_upgrade_leaves_everything_as_it_was() {
        subscribed("basic", "");
        post(202, "/api/subscriptions/default/change", "{\"plan\":\"team\",\"when\":\"now\"}");

        fail(toCharge());

        JsonNode after = get(200, "/api/subscriptions/default");
        assertThat(after.get("plan").stringValue()).isEqualTo("basic");
        assertThat(after.get("pending").isNull()).isTrue();
        clock.set(Instant.parse("2026-02-05T03:00:00Z"));
        assertThat(billDue().issued()).hasSize(1);
    }

    @Test
    void downgrade_leaves_credit_that_the_next_invoice_uses() {
        subscribed("team", "");
        clock.set(Instant.parse("2026-01-20T15:00:00Z"));

        post(200, "/api/subscriptions/default/change", "{\"plan\":\"basic\",\"when\":\"now\"}");

        assertThat(get(200, "/api/credit/default").get("balance").longValue()).isEqualTo(9_550);
        clock.set(Instant.parse("2026-02-05T03:00:00Z"));
        billDue();
        assertThat(toCharge().total().won()).isEqualTo(350);
        assertThat(get(200, "/api/credit/default").get("balance").longValue()).isZero();
    }

    @Test
    void whoever_ends_it_at_once_keeps_what_is_not_used_as_credit_if_the_plan_says_so() {
        offer("fair", "{\"name\":\"페어\",\"price\":31000,\"unusedTime\":\"credited\"}");
        subscribed("fair", "");
        clock.set(Instant.parse("2026-01-20T03:00:00Z"));

        post(200, "/api/subscriptions/default/cancel", "{\"when\":\"now\"}");

        post(409, "/api/subscriptions/default/cancel", "{\"when\":\"now\"}");
        assertThat(get(200, "/api/credit/default").get("balance").longValue()).isEqualTo(16_000);
        JsonNode last = get(200, "/api/invoices").get("data").get(0);
        assertThat(last.get("kind").stringValue() + " " + last.get("status").stringValue() + " "
                        + last.get("amount").longValue())
                .isEqualTo("change paid 0");
        post(202, "/api/subscriptions/default/reactivate", "{}");
        assertThat(toCharge().total().won()).isEqualTo(15_000);
    }

    @Test
    void whoever_ends_it_at_once_loses_what_is_not_used_unless_the_plan_says_otherwise() {
        subscribed("basic", "");
        clock.set(Instant.parse("2026-01-20T03:00:00Z"));

        post(200, "/api/subscriptions/default/cancel", "{\"when\":\"now\"}");

        assertThat(get(200, "/api/credit/default").get("balance").longValue()).isZero();
        assertThat(get(200, "/api/invoices").get("data")).hasSize(1);
    }

    @Test
    void money_that_went_back_is_not_left_as_credit_once_more() {
        offer("fair", "{\"name\":\"페어\",\"price\":31000,\"unusedTime\":\"credited\"}");
        subscribed("fair", "");
        clock.set(Instant.parse("2026-01-20T03:00:00Z"));
        giveBack(
                "payment-of-"
                        + get(200, "/api/invoices")
                                .get("data")
                                .get(0)
                                .get("invoiceId")
                                .stringValue(),
                15_500);

        post(200, "/api/subscriptions/default/cancel", "{\"when\":\"now\"}");

        assertThat(get(200, "/api/credit/default").get("balance").longValue()).isEqualTo(8_000);
    }

    @Test
    void period_that_credit_pays_for_begins_without_a_charge() {
        subscribed("basic", "");
        operate("PUT", "/api/tenants/" + tenant + "/credit/" + method, "{\"amount\":10000,\"reason\":\"장애 보상\"}");
        operate("PUT", "/api/tenants/" + tenant + "/credit/" + method, "{\"amount\":10000,\"reason\":\"장애 보상\"}");
        clock.set(Instant.parse("2026-02-05T03:00:00Z"));

        BillWhatIsDue.Result result = billDue();

        assertThat(result.settled()).isEqualTo(1);
        assertThat(issued.toCharge).isEmpty();
        assertThat(get(200, "/api/subscriptions/default").get("planExpiresAt").stringValue())
                .isEqualTo("2026-03-05T03:00:00Z");
        assertThat(get(200, "/api/credit/default").get("balance").longValue()).isEqualTo(100);
        assertThat(get(200, "/api/invoices").get("data").get(0).get("amount").longValue())
                .isZero();
    }

    @Test
    void credit_cannot_fall_below_zero_and_its_entries_cannot_be_changed() {
        operate("PUT", "/api/tenants/" + tenant + "/credit/" + method, "{\"amount\":1000,\"reason\":\"test\"}");

        assertThatThrownBy(() -> jdbc.sql("""
                        INSERT INTO credit_balance AS b (tenant_id, product, balance_won) VALUES (:tenant, 'default', 0)
                        ON CONFLICT (tenant_id, product) DO UPDATE SET balance_won = b.balance_won - 1001
                        """).param("tenant", tenant.value()).update())
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThatThrownBy(() -> jdbc.sql("UPDATE credit_entry SET amount_won = 5 WHERE tenant_id = :tenant")
                        .param("tenant", tenant.value())
                        .update())
                .hasMessageContaining("credit_entry: UPDATE (expected: inserts only)");
    }

    @Test
    void coupon_takes_something_off_for_its_periods_and_not_longer() {
        String code = "HALF-" + TENANTS.get();
        operate("PUT", "/api/coupons/" + code, "{\"name\":\"half\",\"percentOff\":50,\"periods\":2}");
        subscribed("basic", ",\"coupon\":\"" + code + "\"");
        assertThat(get(200, "/api/invoices").get("data").get(0).get("amount").longValue())
                .isEqualTo(4_950);
        JsonNode taken =
                get(200, "/api/subscriptions/default/coupons").get("data").get(0);
        assertThat(taken.get("periodsLeft").intValue()).isOne();
        assertThat(taken.hasNonNull("endedAt")).isFalse();

        List<Long> totals = new ArrayList<>();
        for (String month : List.of("2026-02-05T03:00:00Z", "2026-03-05T03:00:00Z")) {
            clock.set(Instant.parse(month));
            billDue();
            Invoice invoice = toCharge();
            totals.add(invoice.total().won());
            pay(invoice);
        }

        assertThat(totals).containsExactly(4_950L, 9_900L);
        JsonNode coupon =
                get(200, "/api/subscriptions/default/coupons").get("data").get(0);
        assertThat(coupon.get("code").stringValue()).isEqualTo(code);
        assertThat(coupon.get("percentOff").intValue()).isEqualTo(50);
        assertThat(coupon.get("periodsLeft").intValue()).isZero();
        assertThat(coupon.get("endedAt").stringValue()).isEqualTo("2026-02-05T03:00:00Z");
    }

    @Test
    void change_within_a_period_is_reckoned_with_the_coupon_that_period_was_paid_with() {
        String code = "ONCE-" + TENANTS.get();
        operate("PUT", "/api/coupons/" + code, "{\"name\":\"half\",\"percentOff\":50,\"periods\":1}");
        subscribed("team", ",\"quantity\":6,\"coupon\":\"" + code + "\"");
        clock.set(Instant.parse("2026-01-20T15:00:00Z"));

        post(202, "/api/subscriptions/default/change", "{\"quantity\":7,\"when\":\"now\"}");

        // A seat is 5,000, of which half of the period is left at half the price.
        assertThat(toCharge().total().won()).isEqualTo(1_250);
    }

    @Test
    void coupon_taken_within_a_period_gives_nothing_back_of_what_that_period_cost() {
        String code = "FREE-" + TENANTS.get();
        operate("PUT", "/api/coupons/" + code, "{\"name\":\"free\",\"percentOff\":100,\"periods\":1}");
        subscribed("team", "");
        clock.set(Instant.parse("2026-01-20T15:00:00Z"));
        post(200, "/api/subscriptions/default/coupon", "{\"code\":\"" + code + "\"}");

        post(202, "/api/subscriptions/default/change", "{\"quantity\":7,\"when\":\"now\"}");

        assertThat(toCharge().total().won()).isEqualTo(5_000);
        assertThat(get(200, "/api/credit/default").get("balance").longValue()).isZero();
    }

    @Test
    void coupon_for_one_period_is_used_up_by_a_change_that_begins_one() {
        String code = "YEAR-" + TENANTS.get();
        operate("PUT", "/api/coupons/" + code, "{\"name\":\"half\",\"percentOff\":50,\"periods\":1}");
        offer("yearly", "{\"name\":\"연간\",\"price\":99000,\"interval\":\"P1Y\"}");
        subscribed("basic", "");
        post(200, "/api/subscriptions/default/coupon", "{\"code\":\"" + code + "\"}");
        clock.set(Instant.parse("2026-01-20T15:00:00Z"));

        post(202, "/api/subscriptions/default/change", "{\"plan\":\"yearly\",\"when\":\"now\"}");
        Invoice year = toCharge();
        pay(year);

        assertThat(year.amounts().discount().won()).isEqualTo(49_500);
        assertThat(get(200, "/api/subscriptions/default/next-invoice")
                        .get("amount")
                        .longValue())
                .isEqualTo(99_000);
    }

    @Test
    void coupon_is_redeemed_no_more_often_than_it_may_be() {
        String code = "ONE-" + TENANTS.get();
        operate(
                "PUT",
                "/api/coupons/" + code,
                "{\"name\":\"one\",\"amountOff\":1000,\"maxRedemptions\":1,\"plans\":[\"basic\"]}");

        post(422, "/api/subscriptions", subscribe("team", ",\"coupon\":\"" + code + "\""));
        post(202, "/api/subscriptions", subscribe("basic", ",\"coupon\":\"" + code + "\""));
        post(422, "/api/subscriptions", subscribe("storage", ",\"coupon\":\"" + code + "\""));

        assertThat(toCharge().total().won()).isEqualTo(8_900);
        assertThat(get(404, "/api/subscriptions/storage").get("code").stringValue())
                .isEqualTo("subscription.not-found");
    }

    @Test
    void what_went_back_is_read_page_by_page_and_by_nobody_else() {
        subscribed("basic", "");
        String invoice =
                get(200, "/api/invoices").get("data").get(0).get("invoiceId").stringValue();
        giveBack("payment-of-" + invoice, 1_100);
        clock.advance(Duration.ofHours(1));
        giveBack("payment-of-" + invoice, 3_300);

        JsonNode newest = get(200, "/api/credit-notes?limit=1");
        assertThat(newest.get("data").size()).isOne();
        JsonNode note = newest.get("data").get(0);
        assertThat(note.get("invoiceId").stringValue()).isEqualTo(invoice);
        assertThat(note.get("amount").longValue() + " " + note.get("vat").longValue())
                .isEqualTo("2200 200");
        assertThat(note.get("number").stringValue()).matches("2026-[0-9]{6}");
        assertThat(note.get("issuedAt").stringValue()).isEqualTo("2026-01-05T04:00:00Z");
        JsonNode oldest = get(
                200, "/api/credit-notes?limit=1&cursor=" + newest.get("next").stringValue());
        assertThat(oldest.get("data").get(0).get("amount").longValue()).isEqualTo(1_100);
        assertThat(oldest.get("next").isNull()).isTrue();
        assertThat(JSON.readTree(ask(
                                        "GET",
                                        "/api/credit-notes",
                                        null,
                                        TokenIssuer.shared().token("somebody", "tenant:billing:read"),
                                        null)
                                .body())
                        .get("data"))
                .isEmpty();
    }

    @Test
    void coupons_are_read_page_by_page() {
        jdbc.sql("""
                INSERT INTO coupon (code, name, percent_off, created_at)
                SELECT 'PAGE-' || lpad(n::text, 4, '0'), 'one of many', 10, now() FROM generate_series(1, 401) n
                """).update();

        List<String> codes = new ArrayList<>();
        int pages = 0;
        @Nullable String next = "";
        while (next != null) {
            JsonNode page = operate("GET", "/api/coupons" + (next.isEmpty() ? "" : "?cursor=" + next), "");
            codes.addAll(page.get("data").findValuesAsString("code"));
            next = page.hasNonNull("next") ? page.get("next").stringValue() : null;
            pages++;
        }

        assertThat(pages).isGreaterThanOrEqualTo(3);
        assertThat(codes).doesNotHaveDuplicates().isSorted();
        assertThat(codes).filteredOn(code -> code.startsWith("PAGE-")).hasSize(401);
    }

    @Test
    void every_post_of_a_tenant_takes_a_key() {
        List<HandlerMethod> posts = handlers.getHandlerMethods().entrySet().stream()
                .filter(route ->
                        route.getKey().getMethodsCondition().getMethods().contains(RequestMethod.POST))
                .map(Map.Entry::getValue)
                .filter(post -> post.hasMethodAnnotation(AllowedTo.class))
                .toList();

        assertThat(posts)
                .hasSize(18)
                .allSatisfy(post -> assertThat(Arrays.asList(post.getMethod().getParameterTypes())
                                .contains(Once.class))
                        .as(post.toString())
                        .isNotEqualTo(Arrays.stream(Objects.requireNonNull(post.getMethodAnnotation(AllowedTo.class))
                                        .value())
                                .allMatch(permission -> permission.startsWith("operator:"))));
    }

    @Test
    void trial_begins_without_a_card_and_is_charged_at_its_end_if_there_is_one_by_then() {
        JsonNode trial = post(201, "/api/subscriptions", "{\"plan\":\"trial\"}");
        post(200, "/api/subscriptions/default/billing-method", "{\"billingMethodId\":\"" + method + "\"}");
        clock.set(Instant.parse("2026-01-19T03:00:00Z"));
        billDue();
        pay(toCharge());

        assertThat(trial.get("status").stringValue()).isEqualTo("trialing");
        assertThat(trial.get("trialEndsAt").stringValue()).isEqualTo("2026-01-19T03:00:00Z");
        assertThat(get(200, "/api/subscriptions/default").get("planExpiresAt").stringValue())
                .isEqualTo("2026-02-19T03:00:00Z");
    }

    @Test
    void tenant_has_one_subscription_to_each_product() {
        subscribed("basic", "");

        assertThat(post(409, "/api/subscriptions", subscribe("team", ""))
                        .get("code")
                        .stringValue())
                .isEqualTo("subscription.exists");
        subscribed("storage", "");

        assertThat(get(200, "/api/subscriptions").get("data").size()).isEqualTo(2);
        assertThat(get(200, "/api/subscriptions/storage").get("planExpiresAt").stringValue())
                .isEqualTo("2027-01-05T03:00:00Z");
    }

    @Test
    void card_that_was_registered_a_moment_ago_is_awaited_and_taken_once_it_is_told_of() {
        long millis = NOON.minusSeconds(1).toEpochMilli();
        UUID young = new UUID(millis << 16 | 0x7000 | TENANTS.get(), 0x8000_0000_0000_0000L);
        String body = "{\"plan\":\"basic\",\"billingMethodId\":\"" + young + "\"}";

        HttpResponse<String> early = ask("POST", "/api/subscriptions", body, token(), null);
        transaction.executeWithoutResult(_ -> followMethods.registered(young, tenant, NOON));
        post(202, "/api/subscriptions", body);
        transaction.executeWithoutResult(_ -> followMethods.removed(young, tenant, NOON));
        post(200, "/api/subscriptions/default/cancel", "{\"when\":\"now\"}");

        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(early.body()).contains("\"code\":\"subscription.method-awaited\"");
        assertThat(post(422, "/api/subscriptions", body).get("code").stringValue())
                .as("removed, however young")
                .isEqualTo("subscription.method-unknown");
        clock.advance(Duration.ofMinutes(2));
        UUID forgotten = new UUID(millis << 16 | 0x7800 | TENANTS.get(), 0x8000_0000_0000_0000L);
        assertThat(post(422, "/api/subscriptions", body.replace(young.toString(), forgotten.toString()))
                        .get("code")
                        .stringValue())
                .as("of before")
                .isEqualTo("subscription.method-unknown");
    }

    @Test
    void card_of_another_tenant_or_one_that_was_removed_is_refused_at_the_door() {
        UUID foreign = UUID.nameUUIDFromBytes(new byte[] {9, (byte) TENANTS.get()});
        transaction.executeWithoutResult(_ -> followMethods.registered(foreign, new TenantId("somebody"), NOON));

        assertThat(post(422, "/api/subscriptions", "{\"plan\":\"basic\",\"billingMethodId\":\"" + foreign + "\"}")
                        .get("code")
                        .stringValue())
                .isEqualTo("subscription.method-unknown");
        transaction.executeWithoutResult(_ -> followMethods.removed(method, tenant, NOON));
        assertThat(post(422, "/api/subscriptions", subscribe("basic", ""))
                        .get("code")
                        .stringValue())
                .isEqualTo("subscription.method-unknown");
        assertThat(post(422, "/api/subscriptions", "{\"plan\":\"basic\"}")
                        .get("code")
                        .stringValue())
                .isEqualTo("subscription.method-missing");
    }

    @Test
    void period_is_owed_though_the_card_is_gone() {
        subscribed("basic", "");
        transaction.executeWithoutResult(_ -> followMethods.removed(method, tenant, NOON));
        clock.set(Instant.parse("2026-02-05T03:00:00Z"));

        assertThat(billDue().issued())
                .singleElement()
                .satisfies(invoice -> assertThat(invoice.billingMethodId()).isNull());
        assertThat(get(200, "/api/subscriptions/default").get("parkedBecause").isNull())
                .isTrue();
    }

    @Test
    void body_in_which_nothing_has_to_be_said_may_be_left_out() {
        subscribed("basic", "");
        assertThat(send("POST", "/api/subscriptions/default/pause", null, null, 200)
                        .get("pauseAt")
                        .stringValue())
                .isEqualTo("2026-02-05T03:00:00Z");
        post(200, "/api/subscriptions/default/cancel", "{\"when\":\"now\"}");
        send("POST", "/api/subscriptions/default/reactivate", null, null, 202);

        assertThat(operate("POST", "/api/plans/basic/move-subscribers", null).get("from"))
                .isNotNull();
        send("POST", "/api/subscriptions/default/cancel", null, null, 400);
    }

    @Test
    void price_that_changes_leaves_running_subscriptions_alone_until_they_are_moved_with_notice() {
        subscribed("basic", "");
        offer("basic", "{\"name\":\"베이직\",\"price\":12000}");
        clock.set(Instant.parse("2026-02-05T03:00:00Z"));
        billDue();
        Invoice before = toCharge();
        pay(before);

        JsonNode moved = operate("POST", "/api/plans/basic/move-subscribers", "{\"noticeDays\":30}");
        post(409, "/api/subscriptions/default/change/undo", "{}");
        clock.set(Instant.parse("2026-03-05T03:00:00Z"));
        billDue();
        Invoice told = toCharge();
        pay(told);
        clock.set(Instant.parse("2026-04-05T03:00:00Z"));
        billDue();

        assertThat(before.total().won()).isEqualTo(9_900);
        assertThat(moved.get("moved").intValue()).isPositive();
        // The notice ends on 7 March, so the period that begins on the 5th is the last at the old price.
        assertThat(told.total().won()).isEqualTo(9_900);
        assertThat(toCharge().total().won()).isEqualTo(12_000);
        offer("basic", "{\"name\":\"베이직\",\"price\":9900}");
    }

    @Test
    void repeated_request_has_its_effect_once_with_a_key_or_without() {
        String key = "key-" + TENANTS.get();
        JsonNode first = send("POST", "/api/subscriptions", subscribe("basic", ""), key, 202);
        JsonNode second = send("POST", "/api/subscriptions", subscribe("basic", ""), key, 202);
        JsonNode third = post(202, "/api/subscriptions", subscribe("basic", ""));
        assertThat(List.of(second, third)).containsOnly(first);
        assertThat(issued.toCharge).hasSize(1);

        pay(toCharge());
        post(202, "/api/subscriptions/default/change", "{\"plan\":\"team\",\"when\":\"now\"}");
        post(202, "/api/subscriptions/default/change", "{\"plan\":\"team\",\"when\":\"now\"}");
        assertThat(issued.toCharge).hasSize(1);

        pay(toCharge());
        String cancelKey = "cancel-" + TENANTS.get();
        JsonNode canceled = send("POST", "/api/subscriptions/default/cancel", "{\"when\":\"now\"}", cancelKey, 200);
        assertThat(send("POST", "/api/subscriptions/default/cancel", "{\"when\":\"now\"}", cancelKey, 200))
                .isEqualTo(canceled);
    }

    @Test
    void history_is_read_page_by_page_and_as_a_file() {
        subscribed("basic", "");
        for (String month : List.of("2026-02-05T03:00:00Z", "2026-03-05T03:00:00Z")) {
            clock.set(Instant.parse(month));
            billDue();
            pay(toCharge());
        }

        JsonNode first = get(200, "/api/invoices?limit=2");
        JsonNode last =
                get(200, "/api/invoices?limit=2&cursor=" + first.get("next").stringValue());
        assertThat(first.get("data").size()).isEqualTo(2);
        assertThat(first.get("data").get(0).get("issuedAt").stringValue()).isEqualTo("2026-03-05T03:00:00Z");
        assertThat(last.get("data").size()).isEqualTo(1);
        assertThat(last.get("next").isNull()).isTrue();
        assertThat(body("/api/invoices.csv").lines()).hasSize(4);
        String id = first.get("data").get(0).get("invoiceId").stringValue();
        assertThat(get(200, "/api/invoices/" + id)).isEqualTo(first.get("data").get(0));
        String stranger = TokenIssuer.shared().token("stranger", "tenant:billing:read");
        assertThat(ask("GET", "/api/invoices/" + id, null, stranger, null).statusCode())
                .isEqualTo(404);
    }

    @Test
    void numbers_of_receipts_have_no_gaps() {
        subscribed("basic", "");
        post(202, "/api/subscriptions", subscribe("storage", ""));
        fail(toCharge());
        post(202, "/api/subscriptions/storage/reactivate", "{}");
        pay(toCharge());

        assertThat(jdbc.sql("""
                        SELECT max(receipt_number) - count(*) FROM invoice WHERE receipt_year = 2026
                        """).query(Long.class).single()).isZero();
    }

    @Test
    void two_who_claim_what_is_due_never_get_the_same() {
        subscribed("basic", "");
        clock.set(Instant.parse("2026-02-05T03:00:00Z"));
        Subscription mine = subscriptions.find(tenant, "default").orElseThrow();

        List<SubscriptionId> others = new CopyOnWriteArrayList<>();
        transaction.executeWithoutResult(_ -> {
            assertThat(claimed()).contains(mine.id());
            Thread other = Thread.ofVirtual()
                    .start(() -> transaction.executeWithoutResult(_ -> {
                        others.addAll(claimed());
                        others.add(new SubscriptionId(method));
                    }));
            assertThat(joins(other)).isTrue();
        });

        assertThat(others).contains(new SubscriptionId(method)).doesNotContain(mine.id());
    }

    private List<SubscriptionId> claimed() {
        return subscriptions.claimDue(clock.instant(), 1_000).stream()
                .map(Subscription::id)
                .toList();
    }

    private static boolean joins(Thread thread) {
        try {
            return thread.join(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void stale_state_is_not_stored() {
        subscribed("basic", "");
        Subscription before = subscriptions.find(tenant, "default").orElseThrow();
        post(200, "/api/subscriptions/default/cancel", "{\"when\":\"period_end\"}");

        assertThatThrownBy(() -> transaction.execute(_ -> storeSubscriptions.store(before.canceled(NOON))))
                .isInstanceOf(OptimisticLockingFailureException.class);
    }

    @Test
    void nothing_that_anybody_sends_is_an_error_of_ours() {
        subscribed("team", "");
        String tenants = token();
        String operators = TokenIssuer.shared()
                .token()
                .permissions("operator:catalogue", "operator:import")
                .signed();
        String far = "+999999999-12-31T23:59:59.999999999Z";
        String credit = "{\"amount\":1000,\"reason\":\"test\"}";
        String running = "{\"tenantId\":\"" + tenant + "\",\"plan\":\"storage\",\"billingMethodId\":\"" + method
                + "\",\"anchorAt\":\"2026-01-01T00:00:00Z\",\"paidUntil\":\"" + far + "\"}";
        String trial = "{\"tenantId\":\"" + tenant + "\",\"plan\":\"storage\",\"billingMethodId\":\"" + method
                + "\",\"trialEndsAt\":\"+294200-01-01T00:00:00Z\"}";
        List<HttpResponse<String>> answers = List.of(
                ask("GET", "/api/subscriptions/%00", null, tenants, null),
                ask("GET", "/api/subscriptions/%00/next-invoice", null, tenants, null),
                ask("GET", "/api/subscriptions/default/change-preview?plan=%00", null, tenants, null),
                ask("GET", "/api/subscriptions/default/change-preview?quantity=99999999999", null, tenants, null),
                ask("GET", "/api/credit/%00", null, tenants, null),
                ask("GET", "/api/entitlements/%00", null, tenants, null),
                ask("GET", "/api/invoices/%00", null, tenants, null),
                ask("POST", "/api/subscriptions/%00/pause", "{}", tenants, null),
                ask("POST", "/api/subscriptions/default/pause", "{\"resumeAt\":\"" + far + "\"}", tenants, null),
                ask(
                        "POST",
                        "/api/subscriptions/default/change",
                        "{\"plan\":\"\\u0000\",\"when\":\"now\"}",
                        tenants,
                        null),
                ask("POST", "/api/subscriptions/default/coupon", "{\"code\":\"\\u0000\"}", tenants, null),
                ask("GET", "/api/plans/%00/versions", null, operators, null),
                ask("POST", "/api/plans/%00/withdraw", "{}", operators, null),
                ask("POST", "/api/plans/%00/move-subscribers", "{}", operators, null),
                ask("POST", "/api/coupons/%00/withdraw", "{}", operators, null),
                ask("PUT", "/api/coupons/FAR", coupon("\"expiresAt\":\"" + far + "\""), operators, null),
                ask("PUT", "/api/coupons/NUL", coupon("\"plans\":[\"\\u0000\"]"), operators, null),
                ask("PUT", "/api/coupons/LONG", coupon("\"plans\":[\"" + "p".repeat(5_000) + "\"]"), operators, null),
                ask("PUT", "/api/coupons/NULL", coupon("\"plans\":[null]"), operators, null),
                ask("PUT", "/api/tenants/%00/credit/" + method, credit, operators, null),
                ask("PUT", "/api/tenants/" + tenant + "/credit/x", credit, operators, null),
                ask("POST", "/api/subscriptions/import", running, operators, null),
                ask("POST", "/api/subscriptions/import", trial, operators, null));

        assertThat(answers.stream()
                        .filter(answer -> answer.statusCode() >= 500)
                        .map(answer -> answer.request().method() + " "
                                + answer.request().uri().getRawPath() + ": " + answer.body()))
                .isEmpty();
        assertThat(answers.get(8).statusCode()).isEqualTo(409);
        assertThat(JSON.readTree(answers.getLast().body()).get("errors")).hasSize(1);
        assertThat(JSON.readTree(answers.get(21).body()).get("errors")).hasSize(1);
    }

    private static String coupon(String more) {
        return "{\"name\":\"test\",\"percentOff\":10," + more + "}";
    }

    @Test
    void credit_is_given_once_for_an_id_and_never_to_another_tenant_or_in_another_sum() {
        String id = UUID.nameUUIDFromBytes(new byte[] {9, (byte) TENANTS.get()}).toString();
        String operators =
                TokenIssuer.shared().token().permissions("operator:catalogue").signed();
        operate("PUT", "/api/tenants/" + tenant + "/credit/" + id, "{\"amount\":1000,\"reason\":\"test\"}");

        HttpResponse<String> another =
                ask("PUT", "/api/tenants/other/credit/" + id, "{\"amount\":1000,\"reason\":\"test\"}", operators, null);
        HttpResponse<String> more = ask(
                "PUT",
                "/api/tenants/" + tenant + "/credit/" + id,
                "{\"amount\":2000,\"reason\":\"test\"}",
                operators,
                null);

        assertThat(List.of(another, more))
                .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(409))
                .allSatisfy(answer -> assertThat(
                                JSON.readTree(answer.body()).get("code").stringValue())
                        .isEqualTo("credit.exists"));
        assertThat(get(200, "/api/credit/default").get("balance").longValue()).isEqualTo(1_000);
    }

    private void subscribed(String plan, String more) {
        post(202, "/api/subscriptions", subscribe(plan, more));
        pay(toCharge());
    }

    private String subscribe(String plan, String more) {
        return "{\"plan\":\"" + plan + "\",\"billingMethodId\":\"" + method + "\"" + more + "}";
    }

    private Invoice toCharge() {
        return issued.toCharge.stream()
                .filter(invoice -> invoice.tenantId().equals(tenant))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private void pay(Invoice invoice) {
        issued.toCharge.remove(invoice);
        InvoicePayment by = new InvoicePayment("payment-of-" + invoice.id(), "chg_" + invoice.id(), false);
        transaction.executeWithoutResult(
                _ -> settleInvoices.paid(List.of(new SettleInvoices.Paid(invoice.id(), by, clock.instant()))));
    }

    private void giveBack(String paymentId, long won) {
        transaction.executeWithoutResult(_ -> takeBack.wentBack(new MoneyWentBack(
                paymentId, "chg_" + paymentId, tenant, Money.ofWon(won), false, "refunded", clock.instant())));
    }

    private List<Invoice> fail(Invoice invoice) {
        issued.toCharge.remove(invoice);
        return transaction.execute(
                _ -> settleInvoices.failed(List.of(new SettleInvoices.Failed(invoice.id(), clock.instant()))));
    }

    /** Of this test's tenant, as others have theirs due as well. */
    private BillWhatIsDue.Result billDue() {
        return transaction.execute(_ -> billWhatIsDue.bill(
                subscriptions.claimDue(clock.instant(), 10_000).stream()
                        .filter(subscription -> subscription.tenantId().equals(tenant))
                        .toList(),
                _ -> clock.instant()));
    }

    private List<String> events() {
        return jdbc.sql("""
                        SELECT type || ' ' || sequence FROM outbox
                        WHERE tenant_id = :tenant AND aggregatetype = 'subscription.events' ORDER BY appended_at, id
                        """)
                .param("tenant", tenant.value())
                .query((row, _) -> row.getString(1))
                .list();
    }

    private void offer(String id, String plan) {
        operate("PUT", "/api/plans/" + id, plan);
    }

    private JsonNode operate(String verb, String path, @Nullable String body) {
        String token =
                TokenIssuer.shared().token().permissions("operator:catalogue").signed();
        HttpResponse<String> answer = ask(verb, path, body, token, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private JsonNode get(int status, String path) {
        return send("GET", path, null, null, status);
    }

    private JsonNode post(int status, String path, String body) {
        return send("POST", path, body, null, status);
    }

    private String body(String path) {
        return ask("GET", path, null, token(), null).body();
    }

    private JsonNode send(String verb, String path, @Nullable String body, @Nullable String key, int status) {
        HttpResponse<String> answer = ask(verb, path, body, token(), key);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    private String token() {
        return TokenIssuer.shared().token(tenant.value(), "tenant:billing", "tenant:billing:read");
    }

    private HttpResponse<String> ask(
            String verb, String path, @Nullable String body, String token, @Nullable String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token)
                .method(
                        verb,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
