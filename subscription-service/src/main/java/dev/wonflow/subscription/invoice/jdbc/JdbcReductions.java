package dev.wonflow.subscription.invoice.jdbc;

import dev.wonflow.money.Money;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.invoice.Discount;
import dev.wonflow.subscription.invoice.Reduction;
import dev.wonflow.subscription.invoice.Reductions;
import dev.wonflow.subscription.subscription.Subscription;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Running coupons and balances of credit, however many with one statement. */
@Component
class JdbcReductions implements Reductions {

    private static final String SELECT = """
        SELECT s.id, c.code, c.percent_off, c.won_off, c.plans, coalesce(b.balance_won, 0) AS balance_won
        FROM unnest(CAST(:ids AS uuid[]), CAST(:tenants AS text[]), CAST(:products AS text[])) s (id, tenant_id, product)
        LEFT JOIN coupon_redemption r ON r.subscription_id = s.id AND r.ended_at IS NULL
        LEFT JOIN coupon c ON c.code = r.coupon_code
        LEFT JOIN credit_balance b ON b.tenant_id = s.tenant_id AND b.product = s.product
        WHERE c.code IS NOT NULL OR b.balance_won > 0
        """;

    /** A discount is on the invoice of a period, or of the change that began it; not on one of a change within it. */
    private static final String OF_RUNNING_PERIOD = """
        SELECT c.code, c.percent_off, c.won_off, c.plans, coalesce(b.balance_won, 0) AS balance_won
        FROM (VALUES (CAST(:tenantId AS text), CAST(:product AS text))) s (tenant_id, product)
        LEFT JOIN coupon c ON c.code = (
            SELECT l.about FROM invoice i JOIN invoice_line l ON l.invoice_id = i.id AND l.kind = 'DISCOUNT'
            WHERE i.subscription_id = :id AND i.period_number = :number AND i.status = 'PAID'
                AND (i.kind = 'PERIOD' OR i.kind = 'CHANGE')
            LIMIT 1)
        LEFT JOIN credit_balance b ON b.tenant_id = s.tenant_id AND b.product = s.product
        """;

    private static final String COUNT = """
        UPDATE coupon_redemption
        SET periods_left = periods_left - 1, ended_at = CASE periods_left WHEN 1 THEN CAST(:at AS timestamptz) END
        WHERE subscription_id = ANY(:ids) AND ended_at IS NULL AND periods_left IS NOT NULL
        """;

    private final JdbcClient jdbc;

    JdbcReductions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<SubscriptionId, Reduction> of(List<Subscription> subscriptions) {
        Map<SubscriptionId, Reduction> found = new HashMap<>();
        jdbc.sql(SELECT)
                .param("ids", ids(subscriptions.stream().map(Subscription::id).toList()))
                .param(
                        "tenants",
                        subscriptions.stream()
                                .map(subscription -> subscription.tenantId().value())
                                .toArray(String[]::new))
                .param(
                        "products",
                        subscriptions.stream().map(Subscription::product).toArray(String[]::new))
                .query(row -> {
                    found.put(new SubscriptionId(row.getObject("id", UUID.class)), reduction(row));
                });
        return found;
    }

    @Override
    public Reduction ofRunningPeriod(Subscription subscription) {
        return jdbc.sql(OF_RUNNING_PERIOD)
                .param("tenantId", subscription.tenantId().value())
                .param("product", subscription.product())
                .param("id", subscription.id().value())
                .param("number", subscription.period().number())
                .query((row, _) -> reduction(row))
                .single();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void count(List<SubscriptionId> subscriptions, Instant at) {
        jdbc.sql(COUNT)
                .param("ids", ids(subscriptions))
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static UUID[] ids(List<SubscriptionId> subscriptions) {
        return subscriptions.stream().map(SubscriptionId::value).toArray(UUID[]::new);
    }

    private static Reduction reduction(ResultSet row) throws SQLException {
        String code = row.getString("code");
        Discount discount = code == null
                ? null
                : new Discount(code, row.getInt("percent_off"), Money.ofWon(row.getLong("won_off")));
        return new Reduction(discount, plans(row.getArray("plans")), Money.ofWon(row.getLong("balance_won")));
    }

    private static Set<String> plans(@Nullable Array plans) throws SQLException {
        return plans == null ? Set.of() : Set.of((String[]) plans.getArray());
    }
}
