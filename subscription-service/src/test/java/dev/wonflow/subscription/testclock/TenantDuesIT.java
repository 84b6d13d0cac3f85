package dev.wonflow.subscription.testclock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.subscription.Period;
import dev.wonflow.subscription.subscription.StoreSubscriptions;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.Terms;
import dev.wonflow.subscription.testclock.TenantDues.Dues;
import dev.wonflow.testsupport.server.RealServers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

@RealServers
@SpringBootTest
class TenantDuesIT {

    /** Each takes about as long as a charge here begins or ends; a thousand meet many of them. */
    private static final int CHARGES = 200;

    private final TenantDues dues;
    private final StoreSubscriptions storeSubscriptions;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final IdSource ids;
    private final Clock clock;
    private TenantId tenant = new TenantId("none yet");
    private SubscriptionId subscription = new SubscriptionId(new UUID(0, 0));
    private UUID invoice = new UUID(0, 0);
    private Instant due = Instant.EPOCH;

    @Autowired
    TenantDuesIT(
            TenantDues dues,
            StoreSubscriptions storeSubscriptions,
            JdbcClient jdbc,
            TransactionOperations transaction,
            IdSource ids,
            Clock clock) {
        this.dues = dues;
        this.storeSubscriptions = storeSubscriptions;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.ids = ids;
        this.clock = clock;
    }

    @BeforeEach
    void subscribe() {
        tenant = new TenantId("tenant-" + ids.next());
        subscription = new SubscriptionId(ids.next());
        invoice = ids.next();
        due = Instant.ofEpochSecond(clock.instant().plus(Duration.ofDays(40)).getEpochSecond());
        Plan plan = Plan.monthly("basic", "Basic", Money.ofWon(9_900));
        Instant start = due.minus(Duration.ofDays(30));
        transaction.executeWithoutResult(_ -> storeSubscriptions.store(Subscription.imported(
                subscription,
                tenant,
                plan,
                new Terms("basic", 1, 1),
                ids.next(),
                Subscription.SEOUL,
                start,
                new Period(0, start, due, plan.price()),
                false,
                clock.instant())));
        jdbc.sql("""
            INSERT INTO invoice (id, subscription_id, tenant_id, product, kind, period_number, plan, plan_version,
                                 quantity, period_start, period_end, period_value_won, status, total_won, tax_free_won,
                                 vat_won, discount_won, credit_used_won, credit_left_won, issued_at, due_at, version)
            VALUES (:id, :subscription, :tenant, 'default', 'PERIOD', 1, 'basic', 1,
                    1, :due, :due + interval '30 days', 9900, 'OPEN', 9900, 0,
                    900, 0, 0, 0, :due, :due, 1)
            """)
                .param("id", invoice)
                .param("subscription", subscription.value())
                .param("tenant", tenant.value())
                .param("due", utc(due))
                .update();
    }

    @Test
    void what_is_asked_for_is_under_way_and_no_longer_due_until_it_has_ended() {
        assertThat(dues.of(tenant)).isEqualTo(new Dues(List.of(due), 0));

        begin(1);
        assertThat(dues.of(tenant)).isEqualTo(new Dues(List.of(), 1));

        end(1);
        assertThat(dues.of(tenant)).isEqualTo(new Dues(List.of(due), 0));
    }

    @Test
    void subscription_is_due_or_under_way_at_every_moment() {
        AtomicInteger charges = new AtomicInteger();
        CompletableFuture<Void> charging = CompletableFuture.runAsync(() -> {
            while (charges.get() < CHARGES) {
                int attempt = charges.incrementAndGet();
                begin(attempt);
                end(attempt);
            }
        });

        int dueOnes = 0;
        int underWay = 0;
        while (!charging.isDone()) {
            Dues now = dues.of(tenant);
            assertThat(now.at().size() + now.underWay()).as("%s", now).isEqualTo(1);
            dueOnes += now.at().size();
            underWay += now.underWay();
        }

        charging.join();
        assertThat(List.of(dueOnes, underWay))
                .as("looks between charges, and during one")
                .doesNotContain(0);
    }

    private void begin(int attempt) {
        transaction.executeWithoutResult(_ -> {
            setDue(null);
            jdbc.sql("""
                INSERT INTO charge_attempt (charge_id, invoice_id, tenant_id, attempt, occasion, billing_method_id,
                                            amount_won, status, requested_at)
                VALUES (:id, :invoice, :tenant, :attempt, 'FIRST', :id, 9900, 'REQUESTED', :now)
                """)
                    .param("id", ids.next())
                    .param("invoice", invoice)
                    .param("tenant", tenant.value())
                    .param("attempt", attempt)
                    .param("now", utc(clock.instant()))
                    .update();
        });
    }

    private void end(int attempt) {
        transaction.executeWithoutResult(_ -> {
            setDue(due);
            jdbc.sql("""
                UPDATE charge_attempt
                SET status = 'FAILED', failure_code = 'REJECT_CARD_COMPANY', remedy = 'LATER', answered_at = :now,
                    ended_at = :now, judged_at = :now, counted = true
                WHERE invoice_id = :invoice AND attempt = :attempt
                """)
                    .param("now", utc(clock.instant()))
                    .param("invoice", invoice)
                    .param("attempt", attempt)
                    .update();
        });
    }

    private void setDue(@Nullable Instant at) {
        jdbc.sql("UPDATE subscription SET due_at = CAST(:at AS timestamptz) WHERE id = :id")
                .param("at", at == null ? null : utc(at))
                .param("id", subscription.value())
                .update();
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
