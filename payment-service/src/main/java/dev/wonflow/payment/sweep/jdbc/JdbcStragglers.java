package dev.wonflow.payment.sweep.jdbc;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.sweep.Stragglers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Payments by their age, each kind by an index that holds no other payments. */
@Component
class JdbcStragglers implements Stragglers {

    /** One that Toss is being asked about is leased, and there as well. */
    private static final String FORGOTTEN = """
        SELECT id FROM (
            SELECT id FROM payment WHERE status IN ('CONFIRMING', 'UNKNOWN') AND changed_at < :before
            UNION ALL
            SELECT id FROM payment WHERE status = 'WAITING_FOR_DEPOSIT' AND changed_at < :before
        ) AS open
        WHERE NOT EXISTS (SELECT FROM work WHERE kind = 'status-check.required' AND work.id = open.id::text)
        LIMIT :limit
        """;

    private static final String ASKED_UP_TO = """
        SELECT since, payment_id FROM sweep_place
        """;

    private static final String UNCONFIRMED = """
        SELECT id, changed_at FROM payment
        WHERE status IN ('REQUESTED', 'FAILED') AND (changed_at, id) > (:since, :id) AND changed_at < :before
        ORDER BY changed_at, id LIMIT :limit
        """;

    private static final String MOVE_ON = """
        UPDATE sweep_place SET since = :since, payment_id = :id WHERE (since, payment_id) < (:since, :id)
        """;

    private static final PaymentId FIRST = new PaymentId(new UUID(0, 0));

    private final JdbcClient jdbc;

    JdbcStragglers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<PaymentId> forgotten(Instant before, int limit) {
        return jdbc.sql(FORGOTTEN)
                .param("before", utc(before))
                .param("limit", limit)
                .query((row, _) -> id(row, "id"))
                .list();
    }

    @Override
    public Place askedUpTo(Instant earliest) {
        Place kept = jdbc.sql(ASKED_UP_TO)
                .query((row, _) -> new Place(instant(row, "since"), id(row, "payment_id")))
                .single();
        return kept.since().isBefore(earliest) ? new Place(earliest, FIRST) : kept;
    }

    @Override
    public List<Unconfirmed> unconfirmed(Place after, Instant before, int limit) {
        return jdbc.sql(UNCONFIRMED)
                .param("since", utc(after.since()))
                .param("id", after.id().value())
                .param("before", utc(before))
                .param("limit", limit)
                .query((row, _) -> new Unconfirmed(id(row, "id"), instant(row, "changed_at")))
                .list();
    }

    @Override
    public void askedUpTo(Place place) {
        jdbc.sql(MOVE_ON)
                .param("since", utc(place.since()))
                .param("id", place.id().value())
                .update();
    }

    private static PaymentId id(ResultSet row, String column) throws SQLException {
        return new PaymentId(row.getObject(column, UUID.class));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
