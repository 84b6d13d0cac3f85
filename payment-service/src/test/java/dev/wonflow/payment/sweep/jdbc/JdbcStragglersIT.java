package dev.wonflow.payment.sweep.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.payment.PaymentDatabase;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.sweep.Stragglers;
import dev.wonflow.testsupport.SequentialIds;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JdbcStragglersIT {

    private static final Instant THEN = Instant.parse("2026-01-05T03:00:00Z");
    private static final Stragglers.Place START = new Stragglers.Place(THEN, new PaymentId(new UUID(0, 0)));
    private static final List<String> STATUSES = List.of(
            "REQUESTED",
            "FAILED",
            "CONFIRMING",
            "UNKNOWN",
            "WAITING_FOR_DEPOSIT",
            "CANCELED",
            "UNKNOWN",
            "WAITING_FOR_DEPOSIT");

    private static PaymentDatabase database;
    private static JdbcStragglers stragglers;

    /** One of each status at the same moment; a question is planned about the last two. */
    @BeforeAll
    static void createPayments() {
        database = new PaymentDatabase();
        stragglers = new JdbcStragglers(database.jdbc);
        for (int number = 1; number <= STATUSES.size(); number++) {
            PaymentId id = database.payment(number);
            database.jdbc
                    .sql("UPDATE payment SET status = ?, payment_key = ?, changed_at = ? WHERE id = ?")
                    .params(STATUSES.get(number - 1), "key_" + number, THEN.atOffset(ZoneOffset.UTC), id.value())
                    .update();
        }
        planned(7, null);
        planned(8, THEN);
    }

    private static void planned(int number, @Nullable Instant leasedUntil) {
        String id = id(number).value().toString();
        database.jdbc
                .sql(
                        "INSERT INTO work (kind, id, key, due_at, leased_until) VALUES ('status-check.required', ?, ?, ?, ?)")
                .param(id)
                .param(id)
                .param(THEN.atOffset(ZoneOffset.UTC))
                .param(leasedUntil == null ? null : leasedUntil.atOffset(ZoneOffset.UTC))
                .update();
    }

    @Test
    void forgotten_are_those_open_at_toss_about_which_no_question_is_planned_or_under_way() {
        assertThat(stragglers.forgotten(THEN.plusMillis(1), 10)).containsExactlyInAnyOrder(id(3), id(4), id(5));
        assertThat(stragglers.forgotten(THEN.plusMillis(1), 2)).hasSize(2);
        assertThat(stragglers.forgotten(THEN, 10)).isEmpty();
    }

    @Test
    void unconfirmed_are_those_that_took_no_money_each_once_in_their_order() {
        List<Stragglers.Unconfirmed> found = stragglers.unconfirmed(START, THEN.plusMillis(1), 10);

        assertThat(found).extracting(Stragglers.Unconfirmed::id).containsExactly(id(1), id(2));
        assertThat(stragglers.unconfirmed(place(1), THEN.plusMillis(1), 10))
                .extracting(Stragglers.Unconfirmed::id)
                .containsExactly(id(2));
        assertThat(stragglers.unconfirmed(START, THEN, 10)).isEmpty();
    }

    @Test
    void place_is_kept_and_never_goes_back() {
        assertThat(stragglers.askedUpTo(THEN)).isEqualTo(START);

        stragglers.askedUpTo(place(2));
        assertThat(stragglers.askedUpTo(THEN)).isEqualTo(place(2));
        stragglers.askedUpTo(place(1));
        assertThat(stragglers.askedUpTo(THEN)).isEqualTo(place(2));
        assertThat(stragglers.askedUpTo(THEN.plus(Duration.ofHours(1))).since())
                .isEqualTo(THEN.plus(Duration.ofHours(1)));
    }

    private static Stragglers.Place place(int number) {
        return new Stragglers.Place(THEN, id(number));
    }

    private static PaymentId id(int number) {
        return new PaymentId(SequentialIds.id(number));
    }
}
