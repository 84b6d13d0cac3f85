package dev.wonflow.subscription.invoice.jdbc;

import dev.wonflow.money.Money;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.invoice.Coupon;
import dev.wonflow.subscription.invoice.Coupons;
import dev.wonflow.subscription.subscription.Subscription;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Coupons in the tables {@code coupon} and {@code coupon_redemption}. */
@Component
class JdbcCoupons implements Coupons {

    private static final String INSERT = """
        INSERT INTO coupon (code, name, percent_off, won_off, plans, periods, max_redemptions, expires_at, created_at)
        VALUES (:code, :name, :percent, :won, CAST(:plans AS text[]), :periods, :most, :expiresAt, :now)
        ON CONFLICT (code) DO NOTHING
        """;

    private static final String TAKE = """
        UPDATE coupon SET redeemed = redeemed + 1
        WHERE code = :code AND (max_redemptions IS NULL OR redeemed < max_redemptions)
        """;

    private static final String REDEEM = """
        INSERT INTO coupon_redemption (coupon_code, subscription_id, tenant_id, periods_left, redeemed_at)
        VALUES (:code, :subscription, :tenantId, :periods, :now)
        ON CONFLICT DO NOTHING
        """;

    private final JdbcClient jdbc;

    JdbcCoupons(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Kept> find(String code) {
        return jdbc.sql("SELECT * FROM coupon WHERE code = :code")
                .param("code", code)
                .query((row, _) -> kept(row))
                .optional();
    }

    @Override
    public List<Kept> after(@Nullable String code, int most) {
        return jdbc.sql("SELECT * FROM coupon WHERE code > :code ORDER BY code LIMIT :most")
                .param("code", code == null ? "" : code)
                .param("most", most)
                .query((row, _) -> kept(row))
                .list();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean add(Coupon coupon, Instant now) {
        return jdbc.sql(INSERT)
                        .param("code", coupon.code())
                        .param("name", coupon.name())
                        .param("percent", coupon.percent() == 0 ? null : coupon.percent())
                        .param(
                                "won",
                                coupon.won().isZero() ? null : coupon.won().won())
                        .param(
                                "plans",
                                coupon.plans().isEmpty()
                                        ? null
                                        : coupon.plans().stream().sorted().toArray(String[]::new))
                        .param("periods", coupon.periods())
                        .param("most", coupon.mostRedemptions())
                        .param("expiresAt", offset(coupon.expiresAt()))
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void withdraw(String code, Instant now) {
        jdbc.sql("UPDATE coupon SET withdrawn_at = :now WHERE code = :code AND withdrawn_at IS NULL")
                .param("code", code)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Coupon> hold(String code) {
        return jdbc.sql("SELECT * FROM coupon WHERE code = :code AND withdrawn_at IS NULL FOR UPDATE")
                .param("code", code)
                .query((row, _) -> kept(row).coupon())
                .optional();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean redeem(Coupon coupon, Subscription subscription, Instant now) {
        int redeemed = jdbc.sql(REDEEM)
                .param("code", coupon.code())
                .param("subscription", subscription.id().value())
                .param("tenantId", subscription.tenantId().value())
                .param("periods", coupon.periods())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        return redeemed == 1 && jdbc.sql(TAKE).param("code", coupon.code()).update() == 1;
    }

    @Override
    public List<Redeemed> of(SubscriptionId subscription, int most) {
        return jdbc.sql("""
            SELECT c.*, r.periods_left, r.redeemed_at, r.ended_at
            FROM coupon_redemption r JOIN coupon c ON c.code = r.coupon_code
            WHERE r.subscription_id = :subscription
            ORDER BY r.redeemed_at DESC, c.code
            LIMIT :most
            """)
                .param("subscription", subscription.value())
                .param("most", most)
                .query((row, _) -> new Redeemed(
                        kept(row).coupon(),
                        row.getObject("periods_left", Integer.class),
                        row.getObject("redeemed_at", OffsetDateTime.class).toInstant(),
                        instant(row, "ended_at")))
                .list();
    }

    private static Kept kept(ResultSet row) throws SQLException {
        Coupon coupon = new Coupon(
                row.getString("code"),
                row.getString("name"),
                row.getInt("percent_off"),
                Money.ofWon(row.getLong("won_off")),
                plans(row.getArray("plans")),
                row.getObject("periods", Integer.class),
                row.getObject("max_redemptions", Integer.class),
                instant(row, "expires_at"));
        return new Kept(
                coupon,
                row.getInt("redeemed"),
                instant(row, "withdrawn_at"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static Set<String> plans(@Nullable Array plans) throws SQLException {
        return plans == null ? Set.of() : Set.of((String[]) plans.getArray());
    }

    private static @Nullable OffsetDateTime offset(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
