package dev.wonflow.payment.plan.jdbc;

import dev.wonflow.money.Money;
import dev.wonflow.payment.plan.PlanPrice;
import dev.wonflow.payment.plan.PlanPrices;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Plan prices in the table {@code plan_price}. */
@Repository
class JdbcPlanPrices implements PlanPrices {

    private static final String TAKE = """
        INSERT INTO plan_price (plan, price_won, version)
        VALUES (:plan, :price, :version)
        ON CONFLICT (plan) DO UPDATE SET price_won = EXCLUDED.price_won, version = EXCLUDED.version
            WHERE plan_price.version < EXCLUDED.version
        """;

    private final JdbcClient jdbc;

    JdbcPlanPrices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<PlanPrice> find(String plan) {
        return jdbc.sql("SELECT * FROM plan_price WHERE plan = :plan")
                .param("plan", plan)
                .query((row, _) -> price(row))
                .optional();
    }

    @Override
    public boolean isEmpty() {
        return jdbc.sql("SELECT NOT EXISTS (SELECT FROM plan_price)")
                .query(Boolean.class)
                .single();
    }

    @Override
    public boolean take(PlanPrice price) {
        Money won = price.price();
        return jdbc.sql(TAKE)
                        .param("plan", price.plan())
                        .param("price", won == null ? null : won.won())
                        .param("version", price.version())
                        .update()
                == 1;
    }

    private static PlanPrice price(ResultSet row) throws SQLException {
        Long won = row.getObject("price_won", Long.class);
        return new PlanPrice(row.getString("plan"), won == null ? null : Money.ofWon(won), row.getLong("version"));
    }
}
