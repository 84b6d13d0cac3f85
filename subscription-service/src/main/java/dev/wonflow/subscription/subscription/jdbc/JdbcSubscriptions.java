package dev.wonflow.subscription.subscription.jdbc;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.subscription.CollectionMode;
import dev.wonflow.subscription.subscription.Parking;
import dev.wonflow.subscription.subscription.ParkingReason;
import dev.wonflow.subscription.subscription.Pending;
import dev.wonflow.subscription.subscription.Period;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionStatus;
import dev.wonflow.subscription.subscription.Subscriptions;
import dev.wonflow.subscription.subscription.Terms;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/** Subscriptions in the table {@code subscription}, however many with one statement. */
@Component
class JdbcSubscriptions implements Subscriptions {

    private static final List<String> COLUMNS = Arrays.stream(Row.class.getRecordComponents())
            .map(component -> component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
            .toList();

    private static final String INSERT = """
        INSERT INTO subscription (%1$s)
        SELECT %1$s FROM json_populate_recordset(CAST(NULL AS subscription), CAST(:rows AS json))
        """.formatted(String.join(", ", COLUMNS));

    private static final String UPDATE = """
        UPDATE subscription old SET %s
        FROM json_populate_recordset(CAST(NULL AS subscription), CAST(:rows AS json)) new
        WHERE old.id = new.id AND old.version = new.version - 1
        """.formatted(COLUMNS.stream()
            .filter(column -> !column.equals("id"))
            .map(column -> column + " = new." + column)
            .collect(Collectors.joining(", ")));

    /** The columns by name, for a later version may add some while this one runs. */
    private static final String SELECT = "SELECT " + String.join(", ", COLUMNS) + " FROM subscription ";

    private static final String CLAIM_DUE = SELECT + """
        WHERE due_at <= :now AND parked_at IS NULL
        ORDER BY due_at
        LIMIT :most
        FOR UPDATE SKIP LOCKED
        """;

    private static final String HOLD_OLDER = SELECT + """
        WHERE plan = :plan AND plan_version < :version AND collection = 'AUTOMATIC' AND pending_plan IS NULL
            AND status IN ('TRIALING', 'ACTIVE', 'PAST_DUE', 'RESTRICTED', 'SUSPENDED', 'PAUSED')
        ORDER BY id
        LIMIT :most
        FOR UPDATE
        """;

    /** Of its own, because what is stored must not follow a setting of the web layer. */
    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;
    private final TenantClocks clocks;

    JdbcSubscriptions(JdbcClient jdbc, TenantClocks clocks) {
        this.jdbc = jdbc;
        this.clocks = clocks;
    }

    @Override
    public Optional<Subscription> find(SubscriptionId id) {
        return jdbc.sql(SELECT + "WHERE id = :id")
                .param("id", id.value())
                .query((row, _) -> subscription(row))
                .optional();
    }

    @Override
    public Optional<Subscription> find(TenantId tenantId, String product) {
        return jdbc.sql(SELECT + "WHERE tenant_id = :tenantId AND product = :product")
                .param("tenantId", tenantId.value())
                .param("product", product)
                .query((row, _) -> subscription(row))
                .optional();
    }

    @Override
    public List<Subscription> ofTenant(TenantId tenantId) {
        return jdbc.sql(SELECT + "WHERE tenant_id = :tenantId ORDER BY product")
                .param("tenantId", tenantId.value())
                .query((row, _) -> subscription(row))
                .list();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Subscription> hold(Collection<SubscriptionId> ids) {
        return jdbc.sql(SELECT + "WHERE id = ANY(:ids) ORDER BY id FOR UPDATE")
                .param("ids", ids.stream().map(SubscriptionId::value).toArray(UUID[]::new))
                .query((row, _) -> subscription(row))
                .list();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Subscription> claimDue(Instant now, int most) {
        return MovedTenants.statement(jdbc, CLAIM_DUE, "subscription.tenant_id", clocks, now)
                .param("most", most)
                .query((row, _) -> subscription(row))
                .list();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Subscription> holdByMethod(UUID billingMethod) {
        return jdbc.sql(SELECT + "WHERE billing_method_id = :method ORDER BY id FOR UPDATE")
                .param("method", billingMethod)
                .query((row, _) -> subscription(row))
                .list();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Subscription> holdOlder(String plan, long version, int most) {
        return jdbc.sql(HOLD_OLDER)
                .param("plan", plan)
                .param("version", version)
                .param("most", most)
                .query((row, _) -> subscription(row))
                .list();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Subscription> save(List<Subscription> subscriptions) {
        List<Subscription> stored = subscriptions.stream()
                .map(subscription -> subscription.stored(subscription.version() + 1))
                .toList();
        write(INSERT, stored.stream().filter(subscription -> subscription.version() == 1));
        write(UPDATE, stored.stream().filter(subscription -> subscription.version() > 1));
        return stored;
    }

    private void write(String statement, Stream<Subscription> subscriptions) {
        List<Row> rows = subscriptions.map(Row::of).toList();
        if (rows.isEmpty()) {
            return;
        }
        int written =
                jdbc.sql(statement).param("rows", JSON.writeValueAsString(rows)).update();
        if (written != rows.size()) {
            throw new OptimisticLockingFailureException("subscriptions: " + (rows.size() - written) + " of "
                    + rows.size() + " changed in between (expected: none)");
        }
    }

    private static Subscription subscription(ResultSet row) throws SQLException {
        return new Subscription(
                new SubscriptionId(row.getObject("id", UUID.class)),
                new TenantId(row.getString("tenant_id")),
                row.getString("product"),
                new Terms(row.getString("plan"), row.getLong("plan_version"), row.getInt("quantity")),
                SubscriptionStatus.valueOf(row.getString("status")),
                CollectionMode.valueOf(row.getString("collection")),
                row.getObject("billing_method_id", UUID.class),
                ZoneId.of(row.getString("zone")),
                required(row, "anchor_at"),
                new Period(
                        row.getLong("period_number"),
                        required(row, "period_start"),
                        required(row, "plan_expires_at"),
                        Money.ofWon(row.getLong("period_value_won"))),
                required(row, "activated_at"),
                instant(row, "trial_ends_at"),
                instant(row, "cancel_at"),
                instant(row, "pause_at"),
                instant(row, "resume_at"),
                pending(row),
                instant(row, "due_at"),
                parking(row),
                row.getBoolean("livemode"),
                row.getString("last_order_id"),
                row.getString("last_payment_id"),
                row.getLong("version"));
    }

    private static @Nullable Pending pending(ResultSet row) throws SQLException {
        String plan = row.getString("pending_plan");
        return plan == null
                ? null
                : new Pending(
                        new Terms(plan, row.getLong("pending_plan_version"), row.getInt("pending_quantity")),
                        instant(row, "pending_from"),
                        row.getObject("pending_change_id", UUID.class));
    }

    private static @Nullable Parking parking(ResultSet row) throws SQLException {
        Instant at = instant(row, "parked_at");
        return at == null ? null : new Parking(at, ParkingReason.valueOf(row.getString("parked_reason")));
    }

    private static Instant required(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(instant(row, column), column);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    /** A row as this service writes it; the names are those of the columns. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    private record Row(
            UUID id,
            String tenantId,
            String product,
            String plan,
            long planVersion,
            int quantity,
            String status,
            String collection,
            @Nullable UUID billingMethodId,
            String zone,
            int billingDay,
            Instant anchorAt,
            long periodNumber,
            Instant periodStart,
            Instant planExpiresAt,
            long periodValueWon,
            Instant activatedAt,
            @Nullable Instant trialEndsAt,
            @Nullable Instant cancelAt,
            @Nullable Instant pauseAt,
            @Nullable Instant resumeAt,
            @Nullable String pendingPlan,
            @Nullable Long pendingPlanVersion,
            @Nullable Integer pendingQuantity,
            @Nullable Instant pendingFrom,
            @Nullable UUID pendingChangeId,
            @Nullable Instant dueAt,
            @Nullable Instant parkedAt,
            @Nullable String parkedReason,
            boolean livemode,
            @Nullable String lastOrderId,
            @Nullable String lastPaymentId,
            long version,
            long engineVersion) {

        static Row of(Subscription subscription) {
            Pending pending = subscription.pending();
            Parking parking = subscription.parking();
            return new Row(
                    subscription.id().value(),
                    subscription.tenantId().value(),
                    subscription.product(),
                    subscription.plan(),
                    subscription.terms().planVersion(),
                    subscription.terms().quantity(),
                    subscription.status().name(),
                    subscription.collection().name(),
                    subscription.billingMethodId(),
                    subscription.zone().getId(),
                    subscription.anchor().atZone(Subscription.SEOUL).getDayOfMonth(),
                    subscription.anchor(),
                    subscription.period().number(),
                    subscription.period().start(),
                    subscription.period().end(),
                    subscription.period().value().won(),
                    subscription.activatedAt(),
                    subscription.trialEndsAt(),
                    subscription.cancelAt(),
                    subscription.pauseAt(),
                    subscription.resumeAt(),
                    pending == null ? null : pending.terms().plan(),
                    pending == null ? null : pending.terms().planVersion(),
                    pending == null ? null : pending.terms().quantity(),
                    pending == null ? null : pending.from(),
                    pending == null ? null : pending.changeId(),
                    subscription.dueAt(),
                    parking == null ? null : parking.at(),
                    parking == null ? null : parking.reason().name(),
                    subscription.livemode(),
                    subscription.lastOrderId(),
                    subscription.lastPaymentId(),
                    subscription.version(),
                    subscription.version());
        }
    }
}
