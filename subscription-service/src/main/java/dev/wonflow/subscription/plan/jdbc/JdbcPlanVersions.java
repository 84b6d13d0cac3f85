package dev.wonflow.subscription.plan.jdbc;

import dev.wonflow.money.Money;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanVersion;
import dev.wonflow.subscription.plan.PlanVersions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was said about plans, in the table {@code plan_version}. */
@Component
class JdbcPlanVersions implements PlanVersions {

    private static final String NEWEST = """
        SELECT DISTINCT ON (plan_id) * FROM plan_version
        ORDER BY plan_id, version DESC
        """;

    private static final String INSERT = """
        INSERT INTO plan_version (plan_id, version, name, price_won, said_at)
        VALUES (:planId, :version, :name, :price, :saidAt)
        """;

    private final JdbcClient jdbc;

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
    public Optional<Plan> find(String planId, long version) {
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
        jdbc.sql(INSERT)
                .param("planId", version.planId())
                .param("version", version.version())
                .param("name", offer == null ? null : offer.name())
                .param("price", offer == null ? null : offer.price().won())
                .param("saidAt", version.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static PlanVersion version(ResultSet row) throws SQLException {
        String planId = row.getString("plan_id");
        return new PlanVersion(
                planId,
                row.getLong("version"),
                offer(planId, row),
                row.getObject("said_at", OffsetDateTime.class).toInstant());
    }

    private static @Nullable Plan offer(String planId, ResultSet row) throws SQLException {
        String name = row.getString("name");
        return name == null ? null : new Plan(planId, name, Money.ofWon(row.getLong("price_won")));
    }
}
