package dev.wonflow.order.order.jdbc;

import dev.wonflow.money.Money;
import dev.wonflow.order.OrderId;
import dev.wonflow.order.cart.Cart;
import dev.wonflow.order.cart.Item;
import dev.wonflow.order.order.CancelReason;
import dev.wonflow.order.order.Order;
import dev.wonflow.order.order.OrderStatus;
import dev.wonflow.order.order.Orders;
import dev.wonflow.runtime.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Orders as rows. By hand and not by a mapper: a change touches the order's own row only, never its items, and one
 * statement says so.
 */
@Repository
class JdbcOrders implements Orders {

    /** Order and items with one statement: a second one would need a second connection while the first is in use. */
    private static final String SELECT = """
        SELECT sales_order.*,
            ARRAY(SELECT sku FROM sales_order_item WHERE order_id = sales_order.id ORDER BY position) AS skus,
            ARRAY(SELECT name FROM sales_order_item WHERE order_id = sales_order.id ORDER BY position) AS names,
            ARRAY(SELECT unit_price_won FROM sales_order_item WHERE order_id = sales_order.id ORDER BY position)
                AS unit_prices,
            ARRAY(SELECT quantity FROM sales_order_item WHERE order_id = sales_order.id ORDER BY position) AS quantities
        FROM sales_order
        WHERE\s""";

    /** One statement for an order and all its items, whatever their number. */
    private static final String INSERT = """
        WITH placed AS (
            INSERT INTO sales_order (id, tenant_id, request_id, name, amount_won, plan, customer_id, status, checking,
                paid_by, cancel_reason, placed_at, expires_at, version)
            VALUES (:id, :tenantId, :requestId, :name, :amount, :plan, :customerId, :status, :checking,
                :paidBy, :cancelReason, :placedAt, :expiresAt, 1))
        INSERT INTO sales_order_item (order_id, position, sku, name, unit_price_won, quantity)
        SELECT :id, item.position - 1, item.sku, item.name, item.unit_price_won, item.quantity
        FROM unnest(
            CAST(:skus AS text[]), CAST(:names AS text[]), CAST(:unitPrices AS bigint[]), CAST(:quantities AS integer[]))
            WITH ORDINALITY AS item (sku, name, unit_price_won, quantity, position)
        """;

    private static final String UPDATE = """
        UPDATE sales_order
        SET status = :status, checking = :checking, paid_by = :paidBy, cancel_reason = :cancelReason,
            expires_at = :expiresAt, version = version + 1
        WHERE id = :id AND version = :version
        """;

    private static final String DUE = """
        SELECT id, expires_at FROM sales_order
        WHERE status = 'PENDING' AND checking IS NULL AND expires_at <= :now
            AND (expires_at, id) > (:afterExpiresAt, :afterId)
        ORDER BY expires_at, id
        LIMIT :limit
        """;

    private static final Due FIRST = new Due(new OrderId("======"), Instant.EPOCH);

    private final JdbcClient jdbc;

    JdbcOrders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Order> find(OrderId id) {
        return one("id = :id", Map.of("id", id.value()));
    }

    @Override
    public Optional<Order> lock(OrderId id) {
        return one("id = :id FOR UPDATE", Map.of("id", id.value()));
    }

    @Override
    public Optional<Order> findByRequest(TenantId tenantId, String requestId) {
        return one(
                "tenant_id = :tenantId AND request_id = :requestId",
                Map.of("tenantId", tenantId.value(), "requestId", requestId));
    }

    @Override
    public Order save(Order order) {
        if (order.version() == 0) {
            insert(order);
        } else {
            update(order);
        }
        return withVersion(order, order.version() + 1);
    }

    @Override
    public List<Due> due(Instant now, @Nullable Due after, int limit) {
        Due from = after == null ? FIRST : after;
        return jdbc.sql(DUE)
                .param("now", at(now))
                .param("afterExpiresAt", at(from.expiresAt()))
                .param("afterId", from.id().value())
                .param("limit", limit)
                .query((row, _) -> new Due(new OrderId(row.getString("id")), instant(row, "expires_at")))
                .list();
    }

    private Optional<Order> one(String condition, Map<String, String> keys) {
        return jdbc.sql(SELECT + condition)
                .params(keys)
                .query((row, _) -> order(row))
                .optional();
    }

    private void insert(Order order) {
        Cart cart = order.cart();
        List<Item> items = cart.items();
        jdbc.sql(INSERT)
                .param("id", order.id().value())
                .param("tenantId", order.tenantId().value())
                .param("requestId", order.requestId())
                .param("name", order.name())
                .param("amount", order.amount().won())
                .param("plan", cart.plan())
                .param("customerId", cart.customerId())
                .param("status", order.status().name())
                .param("checking", order.checking())
                .param("paidBy", order.paidBy())
                .param("cancelReason", name(order.cancelReason()))
                .param("placedAt", at(order.placedAt()))
                .param("expiresAt", at(order.expiresAt()))
                .param("skus", items.stream().map(Item::sku).toArray(String[]::new))
                .param("names", items.stream().map(Item::name).toArray(String[]::new))
                .param(
                        "unitPrices",
                        items.stream().map(item -> item.unitPrice().won()).toArray(Long[]::new))
                .param("quantities", items.stream().map(Item::quantity).toArray(Integer[]::new))
                .update();
    }

    private void update(Order order) {
        int updated = jdbc.sql(UPDATE)
                .param("id", order.id().value())
                .param("version", order.version())
                .param("status", order.status().name())
                .param("checking", order.checking())
                .param("paidBy", order.paidBy())
                .param("cancelReason", name(order.cancelReason()))
                .param("expiresAt", at(order.expiresAt()))
                .update();
        if (updated != 1) {
            throw new OptimisticLockingFailureException(
                    "order " + order.id() + ": changed meanwhile (expected: version " + order.version() + ")");
        }
    }

    private static Order order(ResultSet row) throws SQLException {
        OrderId id = new OrderId(row.getString("id"));
        String cancelReason = row.getString("cancel_reason");
        return new Order(
                id,
                new TenantId(row.getString("tenant_id")),
                row.getString("request_id"),
                new Cart(items(row), row.getString("plan"), row.getString("customer_id")),
                row.getString("name"),
                Money.ofWon(row.getLong("amount_won")),
                OrderStatus.valueOf(row.getString("status")),
                row.getObject("checking", UUID.class),
                row.getObject("paid_by", UUID.class),
                cancelReason == null ? null : CancelReason.valueOf(cancelReason),
                instant(row, "placed_at"),
                instant(row, "expires_at"),
                row.getLong("version"));
    }

    private static List<Item> items(ResultSet row) throws SQLException {
        String[] skus = (String[]) row.getArray("skus").getArray();
        String[] names = (String[]) row.getArray("names").getArray();
        Long[] unitPrices = (Long[]) row.getArray("unit_prices").getArray();
        Integer[] quantities = (Integer[]) row.getArray("quantities").getArray();
        return IntStream.range(0, skus.length)
                .mapToObj(i -> new Item(skus[i], names[i], Money.ofWon(unitPrices[i]), quantities[i]))
                .toList();
    }

    private static Order withVersion(Order order, long version) {
        return new Order(
                order.id(),
                order.tenantId(),
                order.requestId(),
                order.cart(),
                order.name(),
                order.amount(),
                order.status(),
                order.checking(),
                order.paidBy(),
                order.cancelReason(),
                order.placedAt(),
                order.expiresAt(),
                version);
    }

    private static @Nullable String name(@Nullable CancelReason reason) {
        return reason == null ? null : reason.name();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
