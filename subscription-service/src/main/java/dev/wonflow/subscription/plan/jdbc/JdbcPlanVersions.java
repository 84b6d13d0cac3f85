package dev.wonflow.subscription.plan.jdbc;

import dev.wonflow.money.Money;
import dev.wonflow.subscription.plan.BillingInterval;
import dev.wonflow.subscription.plan.IntervalUnit;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanLimits;
import dev.wonflow.subscription.plan.PlanSource;
import dev.wonflow.subscription.plan.PlanVersion;
import dev.wonflow.subscription.plan.PlanVersions;
import dev.wonflow.subscription.plan.Seats;
import dev.wonflow.subscription.plan.Trial;
import dev.wonflow.subscription.plan.UnusedTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What was said about plans, in the table {@code plan_version}. */
@Component
class JdbcPlanVersions implements PlanVersions {

    private static final String NEWEST = """
        SELECT DISTINCT ON (plan_id) * FROM plan_version
        ORDER BY plan_id, version DESC
        """;

    private static final String INSERT = """
        INSERT INTO plan_version (plan_id, version, name, price_won, said_at, product, interval_unit, interval_count,
            trial_days, trial_needs_method, included_seats, seat_price_won, max_seats, limits, change_notice_days,
            tax_free_won, unused_time, source)
        VALUES (:planId, :version, :name, :price, :saidAt, :product, :intervalUnit, :intervalCount,
            :trialDays, :trialNeedsMethod, :includedSeats, :seatPrice, :maxSeats, CAST(:limits AS jsonb), :noticeDays,
            :taxFree, :unusedTime, :source)
        """;

    /** What is not said of a withdrawn plan. */
    private static final String WITHDRAW = """
        INSERT INTO plan_version (plan_id, version, said_at, source) VALUES (:planId, :version, :saidAt, :source)
        """;

    /** Of its own, because what is stored must not follow a setting of the web layer. */
    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;

    /** Once said, a version does not change, so those that were read are kept. */
    private final Map<Key, Plan> offers = new ConcurrentHashMap<>();

    private record Key(String planId, long version) {}

    JdbcPlanVersions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void lock() {
        // Readers are let through: a payment that is being counted must not wait for a copy that starts.
        jdbc.sql("LOCK TABLE plan_version IN SHARE ROW EXCLUSIVE MODE").update();
    }

    @Override
    public List<PlanVersion> newest() {
        return jdbc.sql(NEWEST).query((row, _) -> version(row)).list();
    }

    @Override
    public Optional<PlanVersion> newest(String planId) {
        return jdbc.sql("SELECT * FROM plan_version WHERE plan_id = :planId ORDER BY version DESC LIMIT 1")
                .param("planId", planId)
                .query((row, _) -> version(row))
                .optional();
    }

    @Override
    public List<PlanVersion> of(String planId) {
        return jdbc.sql("SELECT * FROM plan_version WHERE plan_id = :planId ORDER BY version DESC")
                .param("planId", planId)
                .query((row, _) -> version(row))
                .list();
    }

    @Override
    public Optional<Plan> find(String planId, long version) {
        Key key = new Key(planId, version);
        Plan known = offers.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Plan> found = read(planId, version);
        found.ifPresent(plan -> offers.put(key, plan));
        return found;
    }

    private Optional<Plan> read(String planId, long version) {
        return jdbc.sql("SELECT * FROM plan_version WHERE plan_id = :planId AND version = :version")
                .param("planId", planId)
                .param("version", version)
                .query((row, _) -> version(row))
                .optional()
                .flatMap(said -> Optional.ofNullable(said.offer()));
    }

    @Override
    public void add(PlanVersion version) {
        Plan offer = version.offer();
        JdbcClient.StatementSpec insert = jdbc.sql(offer == null ? WITHDRAW : INSERT)
                .param("planId", version.planId())
                .param("version", version.version())
                .param("saidAt", version.at().atOffset(ZoneOffset.UTC))
                .param("source", version.source().name());
        if (offer != null) {
            insert.param("name", offer.name())
                    .param("price", offer.price().won())
                    .param("product", offer.product())
                    .param("intervalUnit", offer.interval().unit().name())
                    .param("intervalCount", offer.interval().count())
                    .param("trialDays", offer.trial().days())
                    .param("trialNeedsMethod", offer.trial().needsMethod())
                    .param("includedSeats", offer.seats().included())
                    .param("seatPrice", offer.seats().price().won())
                    .param("maxSeats", offer.seats().most())
                    .param("limits", JSON.writeValueAsString(offer.limits()))
                    .param("noticeDays", offer.noticeDays())
                    .param("taxFree", offer.taxFree().won())
                    .param("unusedTime", offer.unusedTime().name());
        }
        insert.update();
    }

    private static PlanVersion version(ResultSet row) throws SQLException {
        String planId = row.getString("plan_id");
        return new PlanVersion(
                planId,
                row.getLong("version"),
                offer(planId, row),
                PlanSource.valueOf(row.getString("source")),
                row.getObject("said_at", OffsetDateTime.class).toInstant());
    }

    private static @Nullable Plan offer(String planId, ResultSet row) throws SQLException {
        String name = row.getString("name");
        return name == null
                ? null
                : new Plan(
                        planId,
                        name,
                        Money.ofWon(row.getLong("price_won")),
                        row.getString("product"),
                        new BillingInterval(
                                IntervalUnit.valueOf(row.getString("interval_unit")), row.getInt("interval_count")),
                        new Trial(row.getInt("trial_days"), row.getBoolean("trial_needs_method")),
                        new Seats(
                                row.getInt("included_seats"),
                                Money.ofWon(row.getLong("seat_price_won")),
                                row.getObject("max_seats", Integer.class)),
                        limits(row.getString("limits")),
                        row.getInt("change_notice_days"),
                        Money.ofWon(row.getLong("tax_free_won")),
                        UnusedTime.valueOf(row.getString("unused_time")));
    }

    private static PlanLimits limits(String json) {
        Limits limits = JSON.readValue(json, Limits.class);
        return new PlanLimits(
                limits.features() == null ? List.of() : limits.features(),
                limits.quotas() == null ? Map.of() : limits.quotas());
    }

    /** What the column holds; of before there was anything to hold, it is empty. */
    private record Limits(
            @Nullable List<String> features, @Nullable Map<String, Long> quotas) {}
}
