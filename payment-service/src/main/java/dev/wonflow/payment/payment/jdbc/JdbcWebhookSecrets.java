package dev.wonflow.payment.payment.jdbc;

import dev.wonflow.payment.WebhookSecret;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.WebhookSecrets;
import dev.wonflow.payment.seal.Owner;
import dev.wonflow.payment.seal.Seal;
import dev.wonflow.payment.seal.SealedStore;
import dev.wonflow.runtime.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Secrets in PostgreSQL, beside the payments. Versions before this one, which may run beside it, put them into the
 * payment in clear; what is found there is the newer one, and is sealed.
 */
@Component
class JdbcWebhookSecrets implements WebhookSecrets, SealedStore {

    private static final String PURPOSE = "wonflow webhook secret 1";

    private static final String KEEP = """
        WITH cleared AS (UPDATE payment SET secret = NULL WHERE id = :payment AND secret IS NOT NULL)
        INSERT INTO payment_secret (payment_id, sealed, sealed_under) VALUES (:payment, :sealed, :under)
        ON CONFLICT (payment_id) DO UPDATE SET sealed = excluded.sealed, sealed_under = excluded.sealed_under
        """;

    private static final String FIND = """
        SELECT payment.id, tenant_id, secret, sealed FROM payment LEFT JOIN payment_secret ON payment_id = payment.id
        WHERE payment.id = :payment
        """;

    private static final String CLEAR = """
        SELECT id, tenant_id, secret, NULL::bytea AS sealed FROM payment WHERE secret IS NOT NULL
        LIMIT :limit FOR UPDATE SKIP LOCKED
        """;

    /** Two ranges can be read from an index, and "another" cannot. */
    private static final String UNDER_OTHERS = "(sealed_under < :under OR sealed_under > :under)";

    private static final String SEALED_UNDER_OTHERS = "SELECT payment.id, tenant_id, NULL::text AS secret, sealed"
            + " FROM payment_secret JOIN payment ON payment.id = payment_id WHERE payment_id > :after AND "
            + UNDER_OTHERS
            + " ORDER BY payment_id LIMIT :limit FOR UPDATE OF payment_secret SKIP LOCKED";

    private static final String RESEAL =
            "UPDATE payment_secret SET sealed = :sealed, sealed_under = :under WHERE payment_id = :payment";

    private static final String COUNT_CLEAR = "SELECT count(*) FROM payment WHERE secret IS NOT NULL";

    private static final String COUNT_UNDER_OTHERS = "SELECT count(*) FROM payment_secret WHERE " + UNDER_OTHERS;

    private final JdbcClient jdbc;
    private final Seal seal;

    JdbcWebhookSecrets(JdbcClient jdbc, Seal seal) {
        this.jdbc = jdbc;
        this.seal = seal;
    }

    /** A secret that does not open is {@code null}. */
    private record Row(Owner owner, @Nullable String secret) {}

    @Override
    public void keep(Payment payment, WebhookSecret secret) {
        if (seal.isSetUp()) {
            store(KEEP, owner(payment.purchase().tenantId(), payment.id().value()), secret.value());
        }
    }

    private void store(String sql, Owner owner, String secret) {
        jdbc.sql(sql)
                .param("payment", owner.id())
                .param("sealed", seal.seal(secret, owner))
                .param("under", seal.sealsUnder())
                .update();
    }

    @Override
    public Optional<WebhookSecret> find(Payment payment) {
        return jdbc.sql(FIND)
                .param("payment", payment.id().value())
                .query(this::row)
                .optional()
                .map(Row::secret)
                .map(WebhookSecret::new);
    }

    @Override
    public String contents() {
        return "webhook secrets";
    }

    @Override
    public String meter() {
        return "wonflow.webhook.secrets.old";
    }

    @Override
    public Step reseal(UUID after, int limit) {
        List<Row> clear = jdbc.sql(CLEAR).param("limit", limit).query(this::row).list();
        if (!clear.isEmpty()) {
            // Those under other keys in a transaction of their own: two instances must not wait for each other.
            return stored(KEEP, clear, after);
        }
        List<Row> old = sealedUnderOthers(after, limit);
        return stored(RESEAL, old, old.isEmpty() ? after : old.getLast().owner().id());
    }

    private Step stored(String sql, List<Row> rows, UUID last) {
        List<UUID> unreadable = new ArrayList<>();
        for (Row row : rows) {
            if (row.secret() == null) {
                unreadable.add(row.owner().id());
            } else {
                store(sql, row.owner(), row.secret());
            }
        }
        return new Step(rows.size() - unreadable.size(), unreadable, last);
    }

    private List<Row> sealedUnderOthers(UUID after, int limit) {
        return jdbc.sql(SEALED_UNDER_OTHERS)
                .param("after", after)
                .param("under", seal.sealsUnder())
                .param("limit", limit)
                .query(this::row)
                .list();
    }

    @Override
    public long sealedUnderOthers() {
        long clear = jdbc.sql(COUNT_CLEAR).query(Long.class).single();
        return seal.isSetUp() ? clear + underOthers() : clear;
    }

    private long underOthers() {
        return jdbc.sql(COUNT_UNDER_OTHERS)
                .param("under", seal.sealsUnder())
                .query(Long.class)
                .single();
    }

    private Row row(ResultSet row, int rowNumber) throws SQLException {
        Owner owner = owner(new TenantId(row.getString("tenant_id")), row.getObject("id", UUID.class));
        String clear = row.getString("secret");
        byte[] sealed = row.getBytes("sealed");
        return new Row(owner, clear != null || sealed == null ? clear : opened(sealed, owner));
    }

    private @Nullable String opened(byte[] sealed, Owner owner) {
        return seal.isSetUp() ? seal.open(sealed, owner).orElse(null) : null;
    }

    private static Owner owner(TenantId tenant, UUID payment) {
        return new Owner(PURPOSE, tenant, payment);
    }
}
