package dev.wonflow.payment.billing.jdbc;

import dev.wonflow.payment.billing.BillingMethod;
import dev.wonflow.payment.billing.BillingMethodId;
import dev.wonflow.payment.billing.BillingMethodStatus;
import dev.wonflow.payment.billing.BillingMethods;
import dev.wonflow.payment.billing.KeySeal;
import dev.wonflow.payment.billing.KeyUnreadable;
import dev.wonflow.payment.billing.RemovalWork;
import dev.wonflow.payment.gateway.BillingKey;
import dev.wonflow.payment.gateway.IssueOutcome;
import dev.wonflow.payment.seal.SealedStore;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.work.WorkItem;
import dev.wonflow.work.WorkTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Billing methods in PostgreSQL. A key goes in and out by the seal, and nowhere else. */
@Component
class JdbcBillingMethods implements BillingMethods, SealedStore {

    private static final String INSERT = """
        INSERT INTO billing_method (id, tenant_id, customer_key, status, print, sealed_key, sealed_under, method, issuer,
                                    number, card_kind, livemode, registered_at, changed_at, announced)
        VALUES (:id, :tenant, :customerKey, :status, :print, :sealed, :under, :method, :issuer, :number, :kind, :livemode,
                :registeredAt, :changedAt, true)
        """;

    private static final String UPDATE = """
        UPDATE billing_method
        SET status = :status, changed_at = :changedAt,
            sealed_key = CASE WHEN :removed THEN NULL ELSE sealed_key END,
            sealed_under = CASE WHEN :removed THEN NULL ELSE sealed_under END
        WHERE id = :id
        """;

    private static final String SELECT = """
        SELECT id, tenant_id, customer_key, status, print, method, issuer, number, card_kind, livemode, registered_at,
               changed_at
        FROM billing_method
        """;

    private static final String OF_TENANT = SELECT + "WHERE tenant_id = :tenant AND id = :id";
    private static final String HOLD = SELECT + "WHERE id = :id FOR UPDATE";
    private static final String BY_PRINT = SELECT + "WHERE print = :print";
    private static final String ALL =
            SELECT + "WHERE tenant_id = :tenant AND status <> 'REMOVED' ORDER BY registered_at, id";

    private static final String TAKE_UNANNOUNCED = """
        UPDATE billing_method SET announced = true
        WHERE id IN (SELECT id FROM billing_method WHERE NOT announced AND status = 'ACTIVE'
                     ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED)
        RETURNING id, tenant_id, customer_key, status, print, method, issuer, number, card_kind, livemode,
                  registered_at, changed_at
        """;

    private static final String SEALED = """
        SELECT id, tenant_id, sealed_key FROM billing_method WHERE id = :id AND sealed_key IS NOT NULL
        """;

    private static final String SEALED_UNDER_OTHERS = """
        SELECT id, tenant_id, sealed_key FROM billing_method
        WHERE sealed_under IS NOT NULL AND sealed_under <> :under AND id > :after
        ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED
        """;

    private static final String RESEAL = """
        UPDATE billing_method SET sealed_key = :sealed, sealed_under = :under WHERE id = :id
        """;

    private static final String COUNT_OTHERS =
            "SELECT count(*) FROM billing_method WHERE sealed_under IS NOT NULL AND sealed_under <> :under";

    private final JdbcClient jdbc;
    private final WorkTable work;
    private final KeySeal seal;

    JdbcBillingMethods(JdbcClient jdbc, WorkTable work, KeySeal seal) {
        this.jdbc = jdbc;
        this.work = work;
        this.seal = seal;
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared, and nobody changes the array.
    private record Sealed(BillingMethodId id, TenantId tenant, byte[] key) {}

    @Override
    public void add(BillingMethod method, BillingKey key) {
        jdbc.sql(INSERT)
                .param("id", method.id().value())
                .param("tenant", method.tenantId().value())
                .param("customerKey", method.customerKey())
                .param("status", method.status().name())
                .param("print", method.print())
                .param("sealed", seal.seal(key, method.tenantId(), method.id()))
                .param("under", seal.sealsUnder())
                .param("method", method.face().method())
                .param("issuer", method.face().issuer(), Types.VARCHAR)
                .param("number", method.face().number(), Types.VARCHAR)
                .param("kind", method.face().kind(), Types.VARCHAR)
                .param("livemode", method.livemode())
                .param("registeredAt", utc(method.registeredAt()))
                .param("changedAt", utc(method.changedAt()))
                .update();
    }

    @Override
    public void save(BillingMethod method) {
        jdbc.sql(UPDATE)
                .param("id", method.id().value())
                .param("status", method.status().name())
                .param("changedAt", utc(method.changedAt()))
                .param("removed", method.status() == BillingMethodStatus.REMOVED)
                .update();
    }

    @Override
    public Optional<BillingMethod> find(TenantId tenant, BillingMethodId id) {
        return jdbc.sql(OF_TENANT)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query(JdbcBillingMethods::method)
                .optional();
    }

    @Override
    public Optional<BillingMethod> findAndHold(BillingMethodId id) {
        return jdbc.sql(HOLD)
                .param("id", id.value())
                .query(JdbcBillingMethods::method)
                .optional();
    }

    @Override
    public Optional<BillingMethod> findByPrint(String print) {
        return jdbc.sql(BY_PRINT)
                .param("print", print)
                .query(JdbcBillingMethods::method)
                .optional();
    }

    @Override
    public List<BillingMethod> of(TenantId tenant) {
        return jdbc.sql(ALL)
                .param("tenant", tenant.value())
                .query(JdbcBillingMethods::method)
                .list();
    }

    @Override
    public Optional<BillingKey> key(BillingMethodId id) {
        return jdbc.sql(SEALED)
                .param("id", id.value())
                .query(JdbcBillingMethods::sealed)
                .optional()
                .map(this::opened);
    }

    @Override
    public List<BillingMethod> takeUnannounced(int limit) {
        return jdbc.sql(TAKE_UNANNOUNCED)
                .param("limit", limit)
                .query(JdbcBillingMethods::method)
                .list();
    }

    @Override
    public void planRemoval(BillingMethodId id, Instant due) {
        work.plan(WorkItem.of(RemovalWork.KIND, id.toString(), due));
    }

    @Override
    public String contents() {
        return "billing keys";
    }

    @Override
    public String meter() {
        return "wonflow.billing.keys.old";
    }

    @Override
    public Step reseal(UUID after, int limit) {
        List<Sealed> old = jdbc.sql(SEALED_UNDER_OTHERS)
                .param("under", seal.sealsUnder())
                .param("after", after)
                .param("limit", limit)
                .query(JdbcBillingMethods::sealed)
                .list();
        List<UUID> unreadable = new ArrayList<>();
        for (Sealed sealed : old) {
            try {
                sealAnew(sealed, opened(sealed));
            } catch (KeyUnreadable _) {
                unreadable.add(sealed.id().value());
            }
        }
        UUID last = old.isEmpty() ? after : old.getLast().id().value();
        return new Step(old.size() - unreadable.size(), unreadable, last);
    }

    private void sealAnew(Sealed sealed, BillingKey key) {
        jdbc.sql(RESEAL)
                .param("id", sealed.id().value())
                .param("sealed", seal.seal(key, sealed.tenant(), sealed.id()))
                .param("under", seal.sealsUnder())
                .update();
    }

    @Override
    public long sealedUnderOthers() {
        if (!seal.isSetUp()) {
            return 0;
        }
        return jdbc.sql(COUNT_OTHERS)
                .param("under", seal.sealsUnder())
                .query(Long.class)
                .single();
    }

    private BillingKey opened(Sealed sealed) {
        return seal.open(sealed.key(), sealed.tenant(), sealed.id());
    }

    private static Sealed sealed(ResultSet row, int rowNumber) throws SQLException {
        return new Sealed(
                new BillingMethodId(row.getObject("id", UUID.class)),
                new TenantId(row.getString("tenant_id")),
                row.getBytes("sealed_key"));
    }

    private static BillingMethod method(ResultSet row, int rowNumber) throws SQLException {
        return new BillingMethod(
                new BillingMethodId(row.getObject("id", UUID.class)),
                new TenantId(row.getString("tenant_id")),
                row.getString("customer_key"),
                BillingMethodStatus.valueOf(row.getString("status")),
                row.getString("print"),
                new IssueOutcome.Face(
                        row.getString("method"),
                        row.getString("issuer"),
                        row.getString("number"),
                        row.getString("card_kind")),
                row.getBoolean("livemode"),
                instant(row, "registered_at"),
                instant(row, "changed_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
