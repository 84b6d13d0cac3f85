package dev.wonflow.payment.payment.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentDatabase;
import dev.wonflow.payment.payment.PaymentHistory;
import dev.wonflow.payment.payment.PaymentHistory.Filter;
import dev.wonflow.payment.payment.PaymentHistory.Place;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.runtime.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A page of the history at a million payments: as many rows and about as many blocks as at ten thousand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LongHistoryIT {

    private static final Logger log = LoggerFactory.getLogger(LongHistoryIT.class);

    private static final int FEW = 10_000;
    private static final int MANY = 1_000_000;
    private static final int PAGE = 50;

    /** An index over a hundred times as much has a level more, and so has the look for each payment of a page. */
    private static final int BLOCKS_OF_A_LEVEL = PAGE + 2;

    /** A small table may be read as a whole, without any index. */
    private static final double BLOCKS_OF_AN_INDEX = 0.5;

    private static final TenantId SHOP = new TenantId("shop0");
    private static final Instant START = Instant.parse("2026-01-05T03:00:00Z");

    private final PaymentDatabase database = new PaymentDatabase();
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final Map<Page, Cost> atFew = new EnumMap<>(Page.class);
    private final Map<Page, Cost> atMany = new EnumMap<>(Page.class);
    private JdbcClient jdbc;
    private PaymentHistory history;
    private TransactionTemplate transaction;

    /** What is asked for. */
    enum Page {
        ALL,
        FAR_BACK,
        DAY,
        STATUS,
        RARE_STATUS,
        METHOD,
        RARE_METHOD,
        AMOUNT,
        RARE_AMOUNT,
        AMOUNT_NOBODY_PAID,
        ORDER,
        CUSTOMER,
        CUSTOMER_WITH_FEW,
        STATUS_OF_A_CUSTOMER;

        private Filter filter() {
            return switch (this) {
                case ALL, FAR_BACK -> Filter.all(SHOP);
                case DAY -> of(START, START.plus(Duration.ofHours(1)), null, null, null, null, null);
                case STATUS -> of(null, null, PaymentStatus.CANCELED, null, null, null, null);
                case RARE_STATUS -> of(null, null, PaymentStatus.UNKNOWN, null, null, null, null);
                case METHOD -> of(null, null, null, "카드", null, null, null);
                case RARE_METHOD -> of(null, null, null, "휴대폰", null, null, null);
                case AMOUNT -> of(null, null, null, null, 33_000L, null, null);
                case RARE_AMOUNT -> of(null, null, null, null, 77_000L, null, null);
                case AMOUNT_NOBODY_PAID -> of(null, null, null, null, 99_999L, null, null);
                case ORDER -> of(null, null, null, null, null, "order_5000", null);
                case CUSTOMER -> of(null, null, null, null, null, null, "cus_0");
                case CUSTOMER_WITH_FEW -> of(null, null, null, null, null, null, "cus_once_5000");
                case STATUS_OF_A_CUSTOMER -> of(null, null, PaymentStatus.CANCELED, null, null, null, "cus_0");
            };
        }

        private static Filter of(
                @Nullable Instant from,
                @Nullable Instant until,
                @Nullable PaymentStatus status,
                @Nullable String method,
                @Nullable Long won,
                @Nullable String order,
                @Nullable String customer) {
            return new Filter(
                    SHOP,
                    from,
                    until,
                    status,
                    method,
                    won == null ? null : Money.ofWon(won),
                    order == null ? null : new OrderId(order),
                    customer);
        }
    }

    /**
     * What a page took.
     *
     * @param rows that were read from the table
     * @param blocks of table and indexes that were looked into, in memory or not
     */
    private record Cost(long rows, long blocks) {

        Cost minus(Cost before) {
            return new Cost(rows - before.rows, blocks - before.blocks);
        }
    }

    @BeforeAll
    void measure_at_few_and_at_many() {
        DataSource dataSource = database.server.dataSource();
        JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
        jdbc = JdbcClient.create(dataSource);
        transaction = new TransactionTemplate(transactions);
        context.registerBean(DataSource.class, () -> dataSource);
        context.registerBean(NamedParameterJdbcTemplate.class, () -> new NamedParameterJdbcTemplate(dataSource));
        context.registerBean("transactionManager", JdbcTransactionManager.class, () -> transactions);
        context.registerBean(JdbcClient.class, () -> jdbc);
        context.register(JdbcPaymentHistory.class);
        context.refresh();
        history = context.getBean(PaymentHistory.class);
        fill(1, FEW);
        measure(FEW, atFew);
        fill(FEW + 1, MANY);
        measure(MANY, atMany);
    }

    @AfterAll
    void stop() {
        context.close();
    }

    /** Payments of two shops, one a second. Some of a kind are in every few, others at the beginning only. */
    private void fill(int from, int to) {
        jdbc.sql("""
                INSERT INTO payment (id, order_id, tenant_id, order_name, amount_won, customer_key, livemode, status,
                                     payment_key, method, requested_at, changed_at, version)
                SELECT uuidv7(), 'order_' || n, 'shop' || n % 2, '머그컵', CASE WHEN n < 100 THEN 77000 ELSE 33000 END,
                       CASE WHEN n % 1000 = 0 THEN 'cus_once_' || n ELSE 'cus_' || n % 2 END, false,
                       CASE WHEN n < 100 THEN 'UNKNOWN' WHEN n % 10 < 2 THEN 'CANCELED' ELSE 'FAILED' END, 'key_' || n,
                       CASE WHEN n < 100 THEN '휴대폰' WHEN n % 10 < 8 THEN '카드' ELSE '계좌이체' END,
                       CAST(? AS timestamptz) + n * interval '1 s', CAST(? AS timestamptz) + n * interval '1 s', 1
                FROM generate_series(?, ?) AS n
                """).params(START.toString(), START.toString(), from, to).update();
        jdbc.sql("VACUUM ANALYZE payment").update();
    }

    private void measure(int payments, Map<Page, Cost> costs) {
        Place half = history.of(
                        new Filter(SHOP, null, START.plusSeconds(payments / 2), null, null, null, null, null), null, 1)
                .next();
        for (Page page : Page.values()) {
            Place after = page == Page.FAR_BACK ? half : null;
            costs.put(page, transaction.execute(_ -> {
                Cost before = spent();
                history.of(page.filter(), after, PAGE);
                return spent().minus(before);
            }));
        }
        log.info("{} payments: {}", payments, costs);
    }

    /** By this transaction, on the table and its indexes; an index counts the rows it led to. */
    private Cost spent() {
        return jdbc.sql("""
                SELECT sum(pg_stat_get_xact_tuples_returned(oid)) FILTER (WHERE relkind = 'r')
                           + sum(pg_stat_get_xact_tuples_fetched(oid)) AS rows,
                       sum(pg_stat_get_xact_blocks_fetched(oid)) AS blocks
                FROM pg_class
                WHERE oid = 'payment'::regclass
                   OR oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = 'payment'::regclass)
                """)
                .query((row, _) -> new Cost(row.getLong("rows"), row.getLong("blocks")))
                .single();
    }

    @ParameterizedTest
    @EnumSource(Page.class)
    void page_costs_the_same_however_many_payments_there_are(Page page) {
        Cost few = Objects.requireNonNull(atFew.get(page));
        Cost many = Objects.requireNonNull(atMany.get(page));

        assertThat(few.blocks()).as("blocks at %d payments", FEW).isPositive();
        // The rarest kinds have a page less than is looked at among few.
        assertThat(many.rows()).as("rows").isLessThanOrEqualTo(few.rows() + PAGE);
        assertThat(many.blocks())
                .as("blocks")
                .isLessThanOrEqualTo(few.blocks() + (long) (few.blocks() * BLOCKS_OF_AN_INDEX) + BLOCKS_OF_A_LEVEL);
    }
}
