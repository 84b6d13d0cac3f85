package dev.wonflow.payment.webhook.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.payment.PaymentDatabase;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.webhook.Grade;
import dev.wonflow.payment.webhook.TossWebhook;
import dev.wonflow.payment.webhook.Webhooks;
import dev.wonflow.testsupport.SequentialIds;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcWebhookDaysIT {

    private static final LocalDate TODAY = LocalDate.of(2026, 1, 5);

    private final PaymentDatabase database = new PaymentDatabase();
    private final JdbcWebhookDays days = new JdbcWebhookDays(database.jdbc, database.transaction);
    private final JdbcWebhooks webhooks = new JdbcWebhooks(database.jdbc);
    private PaymentId payment = new PaymentId(SequentialIds.id(1));

    @BeforeEach
    void createPayment() {
        payment = database.payment(1);
    }

    @Test
    void answered_webhook_lies_with_its_day_and_an_open_one_with_none() {
        days.prepare(TODAY);
        webhooks.keep(webhook(1), payment);
        webhooks.keep(webhook(2), payment);
        webhooks.keep(webhook(3), payment, Webhooks.Outcome.ALREADY_KNOWN, noon(TODAY));
        webhooks.keep(webhook(4), Webhooks.Outcome.UNKNOWN_PAYMENT, noon(TODAY.plusDays(3)));
        webhooks.keep(webhook(5), Webhooks.Outcome.UNKNOWN_PAYMENT, noon(TODAY.plusDays(4)));

        webhooks.answer(pending(1), Webhooks.Outcome.APPLIED, Grade.FETCHED_BACK, noon(TODAY.plusDays(1)));
        webhooks.answer(pending(1), Webhooks.Outcome.INCIDENT, Grade.UNVERIFIED, noon(TODAY.plusDays(2)));

        assertThat(tables())
                .containsExactly(
                        "toss_webhook_log_p20260106 1 APPLIED",
                        "toss_webhook 2 null",
                        "toss_webhook_log_p20260105 3 ALREADY_KNOWN",
                        "toss_webhook_not_ours_p20260108 4 UNKNOWN_PAYMENT",
                        "toss_webhook_not_ours_default 5 UNKNOWN_PAYMENT");
        assertThat(webhooks.pending(payment)).extracting(Webhooks.Pending::id).containsExactly(id(2));
    }

    @Test
    void old_days_are_dropped_whole_strays_sooner_and_what_is_open_stays() {
        for (int back : new int[] {0, 15, 91}) {
            LocalDate day = TODAY.minusDays(back);
            days.prepare(day);
            webhooks.keep(webhook(back + 1), payment, Webhooks.Outcome.NO_CHANGE, noon(day));
            webhooks.keep(webhook(back + 1_001), Webhooks.Outcome.UNKNOWN_PAYMENT, noon(day));
        }
        // Of a day that nobody prepared.
        webhooks.keep(webhook(500), payment, Webhooks.Outcome.NO_CHANGE, noon(TODAY.minusDays(200)));
        webhooks.keep(webhook(600), payment);

        days.drop(TODAY.minusDays(90), TODAY.minusDays(14));

        assertThat(tables())
                .containsExactly(
                        "toss_webhook_log_p20260105 1 NO_CHANGE",
                        "toss_webhook_log_p20251221 16 NO_CHANGE",
                        "toss_webhook 600 null",
                        "toss_webhook_not_ours_p20260105 1001 UNKNOWN_PAYMENT");
        assertThat(database.jdbc
                        .sql("SELECT to_regclass('toss_webhook_log_p20251006') IS NULL")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void day_that_is_being_read_is_left_to_the_next_time() throws SQLException {
        days.prepare(TODAY.minusDays(91));
        webhooks.keep(webhook(1), payment, Webhooks.Outcome.NO_CHANGE, noon(TODAY.minusDays(91)));
        try (Connection reader = database.server.connect();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.executeQuery("SELECT count(*) FROM toss_webhook_log_p20251006");

            days.drop(TODAY.minusDays(90), TODAY.minusDays(14));
            assertThat(tables()).hasSize(1);
            reader.rollback();
        }

        days.drop(TODAY.minusDays(90), TODAY.minusDays(14));

        assertThat(tables()).isEmpty();
    }

    private List<String> tables() {
        return database.jdbc
                .sql(
                        "SELECT tableoid::regclass || ' ' || right(id::text, 6)::bigint || ' ' || coalesce(outcome, 'null')"
                                + " FROM (SELECT tableoid, id, outcome FROM toss_webhook"
                                + " UNION ALL SELECT tableoid, id, outcome FROM toss_webhook_log"
                                + " UNION ALL SELECT tableoid, id, outcome FROM toss_webhook_not_ours) AS kept ORDER BY id")
                .query((row, _) -> Objects.requireNonNull(row.getString(1)))
                .list();
    }

    private static Webhooks.Pending pending(int number) {
        return new Webhooks.Pending(id(number), Grade.UNVERIFIED, null, "DONE");
    }

    private static TossWebhook webhook(int number) {
        return new TossWebhook(
                id(number), noon(TODAY), "CLASSIC", null, Grade.UNVERIFIED, "order_1", null, "DONE", null);
    }

    /** An id that ends in the number as it is written. */
    private static UUID id(int number) {
        return UUID.fromString("00000000-0000-4000-8000-%012d".formatted(number));
    }

    private static Instant noon(LocalDate day) {
        return day.atTime(12, 0).toInstant(ZoneOffset.UTC);
    }
}
