package dev.wonflow.subscription.subscription.jdbc;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.subscription.Purchase;
import dev.wonflow.subscription.subscription.Purchases;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Purchases in the table {@code purchase}. */
@Component
class JdbcPurchases implements Purchases {

    private final JdbcClient jdbc;

    JdbcPurchases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void lockTenant(TenantId tenantId) {
        // Two tenants with one hash wait for each other once in a while, and that is all.
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:tenantId, 0))")
                .param("tenantId", tenantId.value())
                .query((_, _) -> true)
                .single();
    }

    @Override
    public boolean contains(String paymentId) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM purchase WHERE payment_id = :paymentId)")
                .param("paymentId", paymentId)
                .query(Boolean.class)
                .single();
    }

    @Override
    public void add(Purchase purchase, SubscriptionId subscription) {
        jdbc.sql("""
                INSERT INTO purchase (payment_id, subscription_id, order_id, tenant_id, plan, amount_won, approved_at)
                VALUES (:paymentId, :subscriptionId, :orderId, :tenantId, :plan, :amount, :approvedAt)
                """)
                .param("paymentId", purchase.paymentId())
                .param("subscriptionId", subscription.value())
                .param("orderId", purchase.orderId())
                .param("tenantId", purchase.tenantId().value())
                .param("plan", purchase.plan())
                .param("amount", purchase.amount().won())
                .param("approvedAt", purchase.approvedAt().atOffset(ZoneOffset.UTC))
                .update();
    }
}
