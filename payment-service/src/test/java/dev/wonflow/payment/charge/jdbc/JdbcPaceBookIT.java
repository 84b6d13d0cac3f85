package dev.wonflow.payment.charge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.payment.PaymentDatabase;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JdbcPaceBookIT {

    /** So few come in that none does during a test. */
    private static final double PER_MINUTE = 3;

    private static PaymentDatabase database;

    @BeforeAll
    static void createTables() {
        database = new PaymentDatabase();
    }

    @Test
    void no_more_is_given_than_is_left() {
        JdbcPaceBook book = new JdbcPaceBook(database.jdbc);
        database.server.execute("UPDATE charge_pace SET calls = 0, filled_at = clock_timestamp()");
        assertThat(book.take(5, PER_MINUTE)).isZero();

        database.server.execute("UPDATE charge_pace SET filled_at = clock_timestamp() - interval '1 hour'");
        assertThat(book.take(5, 30)).isEqualTo(5);
        // A third of a minute's worth is saved up, and not an hour's.
        assertThat(book.take(100, 30)).isEqualTo(5);
        assertThat(book.take(1, PER_MINUTE)).isZero();
    }

    @Test
    void clock_that_was_set_back_takes_nothing_away() {
        JdbcPaceBook book = new JdbcPaceBook(database.jdbc);
        database.server.execute("UPDATE charge_pace SET calls = 1, filled_at = clock_timestamp() + interval '1 hour'");

        assertThat(book.take(1, PER_MINUTE)).isOne();
    }

    @Test
    void nothing_is_left_while_it_rests_whatever_was_saved_up() {
        JdbcPaceBook book = new JdbcPaceBook(database.jdbc);
        database.server.execute("UPDATE charge_pace SET calls = 100, filled_at = clock_timestamp()");

        book.rest(Duration.ofSeconds(10), 3_000);
        assertThat(book.take(1, 3_000)).isZero();
        database.server.execute("UPDATE charge_pace SET filled_at = filled_at - interval '9 seconds'");
        assertThat(book.take(1, 3_000)).isZero();
        database.server.execute("UPDATE charge_pace SET filled_at = filled_at - interval '3 seconds'");
        assertThat(book.take(1, 3_000)).isOne();
    }
}
