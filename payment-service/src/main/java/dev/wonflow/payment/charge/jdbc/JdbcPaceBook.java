package dev.wonflow.payment.charge.jdbc;

import dev.wonflow.payment.charge.PaceBook;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The share of charges in one row of PostgreSQL. Time is the database's: it is the same for all instances, and Toss
 * counts real minutes, however far the service's clock is moved.
 */
@Component
class JdbcPaceBook implements PaceBook {

    /**
     * What is not used is saved up to a third of a minute's worth; two thirds come in within a minute. So no minute,
     * wherever it begins, sees more than the share.
     */
    private static final double SAVED_UP = 1 / 3d;

    private static final double SECONDS = 60;

    private static final String TAKE = """
        UPDATE charge_pace
        SET calls = filled.calls - taken.calls, filled_at = filled.at
        FROM (
            SELECT clock.at,
                   LEAST(:most, book.calls + :perSecond * GREATEST(0, extract(epoch FROM clock.at - book.filled_at)))
                       AS calls
            FROM (SELECT calls, filled_at FROM charge_pace FOR UPDATE) AS book,
                 LATERAL (SELECT clock_timestamp() AS at WHERE book.filled_at IS NOT NULL) AS clock
        ) AS filled,
        LATERAL (SELECT GREATEST(0, LEAST(:wanted, floor(filled.calls)))::integer AS calls) AS taken
        RETURNING taken.calls
        """;

    private static final String REST = """
        UPDATE charge_pace SET calls = LEAST(calls, -(:perSecond * :seconds)), filled_at = clock_timestamp()
        """;

    private final JdbcClient jdbc;

    JdbcPaceBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public int take(int wanted, double perMinute) {
        return jdbc.sql(TAKE)
                .param("most", Math.max(1, perMinute * SAVED_UP))
                .param("perSecond", perSecond(perMinute))
                .param("wanted", wanted)
                .query(Integer.class)
                .single();
    }

    @Override
    public void rest(Duration rest, double perMinute) {
        jdbc.sql(REST)
                .param("perSecond", perSecond(perMinute))
                .param("seconds", (double) rest.toSeconds())
                .update();
    }

    private static double perSecond(double perMinute) {
        return perMinute * (1 - SAVED_UP) / SECONDS;
    }
}
