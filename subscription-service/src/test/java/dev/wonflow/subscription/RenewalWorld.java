package dev.wonflow.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.access.Operator;
import dev.wonflow.money.Money;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.charge.ChargeId;
import dev.wonflow.subscription.charge.ChargeResult;
import dev.wonflow.subscription.charge.Remedy;
import dev.wonflow.subscription.charge.SettleCharges;
import dev.wonflow.subscription.dunning.RunDunning;
import dev.wonflow.subscription.invoice.BillWhatIsDue;
import dev.wonflow.subscription.renewal.RunRenewals;
import dev.wonflow.subscription.renewal.TurnSwitch;
import dev.wonflow.subscription.subscription.CollectionMode;
import dev.wonflow.subscription.subscription.Period;
import dev.wonflow.subscription.subscription.StoreSubscriptions;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionStatus;
import dev.wonflow.subscription.subscription.Subscriptions;
import dev.wonflow.subscription.subscription.Terms;
import dev.wonflow.testsupport.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Tenants whose subscriptions renew, the steps of the loops by hand, and a payment-service that says what a test wants.
 */
@TestComponent
final class RenewalWorld {

    /** Where tests begin: noon in Seoul. */
    static final Instant NOON = Instant.parse("2026-01-31T03:00:00Z");

    static final Operator OPERATOR = new Operator("ops@wonflow.example", null);

    private static final Money PRICE = Money.ofWon(29_000);

    final MutableClock clock;
    final JdbcClient jdbc;
    final TransactionOperations transaction;
    final RunRenewals renewals;
    final RunDunning dunning;
    final TurnSwitch turnSwitch;
    private final SettleCharges settleCharges;
    private final BillWhatIsDue billWhatIsDue;
    private final Subscriptions subscriptions;
    private final StoreSubscriptions storeSubscriptions;
    private final IdSource ids;

    RenewalWorld(
            MutableClock clock,
            JdbcClient jdbc,
            TransactionOperations transaction,
            RunRenewals renewals,
            RunDunning dunning,
            TurnSwitch turnSwitch,
            SettleCharges settleCharges,
            BillWhatIsDue billWhatIsDue,
            Subscriptions subscriptions,
            StoreSubscriptions storeSubscriptions,
            IdSource ids) {
        this.clock = clock;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.renewals = renewals;
        this.dunning = dunning;
        this.turnSwitch = turnSwitch;
        this.settleCharges = settleCharges;
        this.billWhatIsDue = billWhatIsDue;
        this.subscriptions = subscriptions;
        this.storeSubscriptions = storeSubscriptions;
        this.ids = ids;
    }

    /** Nobody has a subscription, nothing was ever charged, and it is {@link #NOON}. */
    void startEmpty() {
        clock.set(NOON);
        jdbc.sql("TRUNCATE subscription, renewal_run, dunning_policy, reported_incident, notice, outbox CASCADE")
                .update();
        jdbc.sql("UPDATE renewal_switch SET state = 'ON', reason = NULL, changed_by = NULL, changed_at = :now,"
                        + " judged_from = :now")
                .param("now", NOON.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** A tenant whose monthly plan ends now, and who has a card. */
    Subscription due(String tenant) {
        return due(List.of(tenant)).getFirst();
    }

    List<Subscription> due(List<String> tenants) {
        Instant now = clock.instant();
        Instant begun = now.atZone(Subscription.SEOUL).minusMonths(1).toInstant();
        return transaction.execute(_ -> subscriptions.save(tenants.stream()
                .map(tenant -> new Subscription(
                        new SubscriptionId(ids.next()),
                        new TenantId(tenant),
                        "default",
                        new Terms("team", 1, 1),
                        SubscriptionStatus.ACTIVE,
                        CollectionMode.AUTOMATIC,
                        ids.next(),
                        Subscription.SEOUL,
                        begun,
                        new Period(0, begun, now, PRICE),
                        begun,
                        null,
                        null,
                        null,
                        null,
                        null,
                        now,
                        null,
                        false,
                        "ord_first_" + tenant,
                        "pay_first_" + tenant,
                        0))
                .toList()));
    }

    Subscription subscription(SubscriptionId id) {
        return subscriptions.find(id).orElseThrow();
    }

    /** Gives the tenant another card. */
    UUID anotherCard(SubscriptionId id) {
        UUID method = ids.next();
        change(id, subscription -> subscription.methodSet(method, clock.instant()));
        return method;
    }

    void change(SubscriptionId id, Function<Subscription, Subscription.Change> step) {
        transaction.executeWithoutResult(_ -> storeSubscriptions.store(
                step.apply(subscriptions.hold(List.of(id)).getFirst())));
    }

    /** Keeps everybody else from it until the caller's transaction ends. */
    void hold(SubscriptionId id) {
        assertThat(subscriptions.hold(List.of(id))).hasSize(1);
    }

    /** How many wait for somebody else's transaction to end. */
    long waitingForLocks() {
        return jdbc.sql("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
                .query(Long.class)
                .single();
    }

    /** Does all that is due at once, in the caller's transaction. */
    void billAll() {
        billWhatIsDue.bill(subscriptions.claimDue(clock.instant(), Integer.MAX_VALUE), _ -> clock.instant());
    }

    /** Takes steps until there is nothing to do for now. */
    void renew() {
        while (renewals.step() instanceof RunRenewals.Step.Claimed) {}
    }

    /** The same for declined invoices. */
    void dun() {
        while (dunning.step() instanceof RunDunning.Step.Done) {}
    }

    void after(Duration time) {
        clock.advance(time);
        renew();
        dun();
    }

    /** A charge that payment-service was asked for. */
    record Asked(ChargeId id, String tenant, int attempt, String occasion, UUID method, long amount) {}

    /** What was asked for and not answered, in the order of asking. */
    List<Asked> asked() {
        return jdbc.sql("""
                SELECT charge_id, tenant_id, attempt, occasion, billing_method_id, amount_won FROM charge_attempt
                WHERE status IN ('REQUESTED', 'UNKNOWN') ORDER BY requested_at, tenant_id
                """)
                .query((row, _) -> new Asked(
                        new ChargeId(row.getObject("charge_id", UUID.class)),
                        row.getString("tenant_id"),
                        row.getInt("attempt"),
                        row.getString("occasion"),
                        row.getObject("billing_method_id", UUID.class),
                        row.getLong("amount_won")))
                .list();
    }

    void answer(Function<Asked, ChargeResult> answer) {
        settle(asked().stream().map(answer).toList());
    }

    void settle(List<ChargeResult> results) {
        transaction.executeWithoutResult(_ -> settleCharges.settle(results));
    }

    ChargeResult paid(Asked asked) {
        return new ChargeResult.Paid(asked.id(), "pay_" + asked.id(), "chg_" + asked.id(), false, clock.instant());
    }

    ChargeResult declined(Asked asked) {
        return new ChargeResult.Failed(asked.id(), "REJECT_CARD_PAYMENT", Remedy.LATER, clock.instant());
    }

    ChargeResult stolen(Asked asked) {
        return new ChargeResult.Failed(asked.id(), "INVALID_CARD_LOST_OR_STOLEN", Remedy.NEW_METHOD, clock.instant());
    }

    ChargeResult unknown(Asked asked) {
        return new ChargeResult.Unknown(asked.id());
    }

    /** Kinds of notices a tenant was sent, in their order. */
    List<String> notices(String tenant) {
        return texts("SELECT kind FROM notice WHERE tenant_id = :tenant ORDER BY requested_at, id", tenant);
    }

    String stage(String tenant) {
        return texts("SELECT stage FROM dunning_case WHERE tenant_id = :tenant", tenant).stream()
                .findFirst()
                .orElse("none");
    }

    @Nullable
    Instant nextAttempt(String tenant) {
        return jdbc.sql("SELECT next_attempt_at FROM dunning_case WHERE tenant_id = :tenant")
                .param("tenant", tenant)
                .query((row, _) -> {
                    OffsetDateTime at = row.getObject(1, OffsetDateTime.class);
                    return new Moment(at == null ? null : at.toInstant());
                })
                .single()
                .at();
    }

    private record Moment(@Nullable Instant at) {}

    private List<String> texts(String sql, String tenant) {
        return jdbc.sql(sql)
                .param("tenant", tenant)
                .query((row, _) -> row.getString(1))
                .list();
    }

    /** How many rows a query counts. */
    long count(String sql) {
        return jdbc.sql("SELECT count(*) FROM " + sql).query(Long.class).single();
    }

    /** How many subscriptions have each status. */
    Map<String, Long> statuses() {
        Map<String, Long> statuses = new TreeMap<>();
        jdbc.sql("SELECT status, count(*) AS many FROM subscription GROUP BY status")
                .query((row, _) -> statuses.put(row.getString("status"), row.getLong("many")))
                .list();
        return statuses;
    }

    static List<String> tenants(int count) {
        List<String> tenants = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            tenants.add("tenant-%04d".formatted(i));
        }
        return tenants;
    }
}
