package dev.wonflow.work;

import dev.wonflow.runtime.trace.Trace;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.ReferenceTables;
import dev.wonflow.testsupport.server.TestDatabase;
import dev.wonflow.testsupport.server.TestServers;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The reference tables on a real PostgreSQL. */
final class WorkDatabase {

    final TestDatabase server = TestServers.postgres().createDatabase("work");
    final DataSource dataSource = server.dataSource();
    final JdbcClient jdbc = JdbcClient.create(dataSource);
    final Trace trace = Trace.passedOn();
    final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));

    WorkDatabase() {
        ReferenceTables.create(server, "work");
    }

    WorkTable table(MutableClock clock) {
        return new WorkTable(jdbc, transaction, clock, trace);
    }

    long count(String condition) {
        return Objects.requireNonNull(jdbc.sql("SELECT count(*) FROM work WHERE " + condition)
                .query(Long.class)
                .single());
    }
}
