package dev.wonflow.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.ReferenceTables;
import dev.wonflow.testsupport.server.TestDatabase;
import dev.wonflow.testsupport.server.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class IncidentReporterIT {

    private static final Instant NOON = MutableClock.START;

    private static final TestDatabase database = TestServers.postgres().createDatabase("incidents");
    private static final DataSource dataSource = database.dataSource();
    private static final JdbcClient jdbc = JdbcClient.create(dataSource);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final IncidentReporter reporter = new IncidentReporter(jdbc, meters);

    @BeforeAll
    static void createTable() {
        assertThatThrownBy(() -> new IncidentSchemaCheck(dataSource).run())
                .hasMessage("table reported_incident: not found (expected: a migration with"
                        + " dev/wonflow/incidents/0001__reported_incident.sql)");
        ReferenceTables.create(database, "incidents");
        new IncidentSchemaCheck(dataSource).run();
    }

    @Test
    void same_kind_about_the_same_thing_is_one_row_with_a_count_and_the_latest_detail() {
        for (int i = 1; i <= 3; i++) {
            reporter.report(report("p1", "UNDERPAID", "amount: " + i, NOON.plusSeconds(i)));
        }
        reporter.report(report("p1", "SECOND_CHARGE", "once", NOON));

        assertThat(rows("p1"))
                .containsExactly(
                        "SECOND_CHARGE 1 once " + NOON + " " + NOON,
                        "UNDERPAID 3 amount: 3 " + NOON.plusSeconds(1) + " " + NOON.plusSeconds(3));
        assertThat(meters.get("wonflow.incidents")
                        .tag("kind", "underpaid")
                        .counter()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void late_report_moves_no_date_back() {
        reporter.report(report("p2", "UNDERPAID", "new", NOON));
        reporter.report(report("p2", "UNDERPAID", "old", NOON.minusSeconds(60)));

        assertThat(rows("p2")).containsExactly("UNDERPAID 2 old " + NOON + " " + NOON);
    }

    @Test
    void report_takes_part_in_the_transaction_of_what_it_tells_about() {
        new TransactionTemplate(new JdbcTransactionManager(dataSource)).executeWithoutResult(undone -> {
            reporter.report(report("p3", "UNDERPAID", "never", NOON));
            undone.setRollbackOnly();
        });

        assertThat(rows("p3")).isEmpty();
        assertThat(meters.find("wonflow.incidents").counter())
                .as("what is rolled back comes again, and counts then")
                .isNull();

        new TransactionTemplate(new JdbcTransactionManager(dataSource))
                .executeWithoutResult(_ -> reporter.report(report("p3", "UNDERPAID", "again", NOON)));

        assertThat(rows("p3")).hasSize(1);
        assertThat(meters.get("wonflow.incidents").counter().count()).isEqualTo(1);
    }

    @Test
    void long_detail_is_cut_and_never_in_the_middle_of_a_character() {
        reporter.report(report("p4", "UNDERPAID", "a" + "🥐".repeat(400), NOON));

        assertThat(jdbc.sql("SELECT detail FROM reported_incident WHERE about = 'p4'")
                        .query(String.class)
                        .single())
                .isEqualTo("a" + "🥐".repeat(249));
    }

    @Test
    void detail_someone_else_wrote_cannot_keep_it_from_being_stored() {
        reporter.report(report("p5", "UNDERPAID", "a\u0000b\ud800c", NOON));

        assertThat(rows("p5")).containsExactly("UNDERPAID 1 abc " + NOON + " " + NOON);
    }

    private static IncidentReport report(String about, String kind, String detail, Instant at) {
        return new IncidentReport(about, kind, IncidentReport.Urgency.ACT, new TenantId("acme"), detail, at);
    }

    private static List<String> rows(String about) {
        return jdbc.sql(
                        "SELECT kind, times, detail, first_at, last_at FROM reported_incident WHERE about = ? ORDER BY 1")
                .param(about)
                .query((row, _) -> String.join(
                        " ",
                        row.getString("kind"),
                        row.getString("times"),
                        row.getString("detail"),
                        row.getTimestamp("first_at").toInstant().toString(),
                        row.getTimestamp("last_at").toInstant().toString()))
                .list();
    }
}
