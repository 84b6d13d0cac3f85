package dev.wonflow.payment;

import dev.wonflow.testsupport.SequentialIds;
import dev.wonflow.testsupport.server.TestDatabase;
import dev.wonflow.testsupport.server.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import javax.sql.DataSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The service's tables on a real PostgreSQL, without the service. */
public final class PaymentDatabase {

    public final TestDatabase server = TestServers.postgres().createDatabase("payments");
    public final JdbcClient jdbc;
    public final TransactionTemplate transaction;

    public PaymentDatabase() {
        DataSource dataSource = server.dataSource();
        jdbc = JdbcClient.create(dataSource);
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        try {
            Resource[] migrations =
                    new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/*.sql");
            Arrays.sort(migrations, Comparator.comparing(migration -> String.valueOf(migration.getFilename())));
            for (Resource migration : migrations) {
                server.execute(migration.getContentAsString(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The {@code number}-th payment, which is there from now on. */
    public PaymentId payment(int number) {
        PaymentId id = new PaymentId(SequentialIds.id(number));
        jdbc.sql("""
                INSERT INTO payment (id, order_id, tenant_id, order_name, amount_won, livemode, status, requested_at,
                                     changed_at, version)
                VALUES (?, ?, 'default', '머그컵', 33000, false, 'REQUESTED', now(), now(), 1)
                """).params(id.value(), "order_" + number).update();
        return id;
    }
}
