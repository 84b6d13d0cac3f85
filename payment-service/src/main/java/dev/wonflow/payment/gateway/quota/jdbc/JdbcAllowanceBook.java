package dev.wonflow.payment.gateway.quota.jdbc;

import dev.wonflow.payment.gateway.quota.Allowance;
import dev.wonflow.payment.gateway.quota.AllowanceBook;
import dev.wonflow.payment.gateway.quota.Use;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.BiFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The allowance in one row of PostgreSQL. Time is the database's: it is the same for all instances, and Toss counts
 * real minutes, however far the service's clock is moved.
 */
@Component
class JdbcAllowanceBook implements AllowanceBook {

    private static final String READ = """
        SELECT filled_at, calls, required, hinted, clock_timestamp() AS now FROM toss_quota FOR UPDATE
        """;
    private static final String WRITE = """
        UPDATE toss_quota SET filled_at = :filledAt, calls = :calls, required = :required, hinted = :hinted
        """;

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;

    JdbcAllowanceBook(JdbcClient jdbc, TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @Override
    public Optional<Use> change(BiFunction<Allowance, Instant, Allowance.Taken> step) {
        return transaction.execute(_ -> {
            Page page = jdbc.sql(READ).query(JdbcAllowanceBook::page).single();
            Allowance.Taken taken = step.apply(page.allowance(), page.now());
            write(taken.left());
            return taken.use();
        });
    }

    private void write(Allowance left) {
        jdbc.sql(WRITE)
                .param("filledAt", left.filledAt().atOffset(ZoneOffset.UTC))
                .param("calls", left.calls())
                .param("required", left.required())
                .param("hinted", left.hinted())
                .update();
    }

    private record Page(Allowance allowance, Instant now) {}

    private static Page page(ResultSet row, int rowNumber) throws SQLException {
        Allowance allowance = new Allowance(
                instant(row, "filled_at"), row.getDouble("calls"), row.getDouble("required"), row.getDouble("hinted"));
        return new Page(allowance, instant(row, "now"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
