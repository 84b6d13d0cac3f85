package dev.wonflow.payment.payment.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.incidents.IncidentReport;
import dev.wonflow.money.Money;
import dev.wonflow.payment.Keysets;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentDatabase;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.WebhookSecret;
import dev.wonflow.payment.billing.seal.Seals;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.Purchase;
import dev.wonflow.payment.seal.Reseal;
import dev.wonflow.payment.seal.Seal;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.SequentialIds;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcWebhookSecretsIT {

    private static PaymentDatabase database;

    private final JdbcWebhookSecrets secrets = secrets(1);

    @BeforeAll
    static void createTables() {
        database = new PaymentDatabase();
    }

    @BeforeEach
    void startWithFive() {
        database.server.execute("DELETE FROM payment_secret");
        database.server.execute("DELETE FROM payment");
        IntStream.rangeClosed(1, 5).forEach(database::payment);
    }

    @Test
    void secret_is_found_as_it_was_kept_and_is_nowhere_to_be_read() {
        secrets.keep(payment(1), new WebhookSecret("ps_first"));
        secrets.keep(payment(1), new WebhookSecret("ps_second"));

        assertThat(secrets.find(payment(1))).contains(new WebhookSecret("ps_second"));
        assertThat(secrets.find(payment(2))).isEmpty();
        assertThat(dump()).doesNotContain("ps_");
    }

    @Test
    void secret_moved_to_another_payment_or_tenant_does_not_open() {
        secrets.keep(payment(1), new WebhookSecret("ps_first"));

        database.server.execute("UPDATE payment_secret SET payment_id = '" + SequentialIds.id(2) + "'");
        assertThat(secrets.find(payment(2))).isEmpty();

        database.server.execute("UPDATE payment_secret SET payment_id = '" + SequentialIds.id(1) + "'");
        database.server.execute("UPDATE payment SET tenant_id = 'globex'");
        assertThat(secrets.find(payment(1))).isEmpty();
    }

    @Test
    void secrets_in_clear_and_those_under_the_old_key_are_sealed_anew_step_by_step() {
        database.server.execute("UPDATE payment SET secret = 'ps_' || order_id WHERE order_id <> 'order_5'");
        secrets.keep(payment(4), new WebhookSecret("ps_newer_than_clear"));
        secrets.keep(payment(5), new WebhookSecret("ps_old_key"));
        JdbcWebhookSecrets rotated = secrets(2, 1);
        assertThat(rotated.find(payment(1))).contains(new WebhookSecret("ps_order_1"));
        assertThat(rotated.sealedUnderOthers()).isEqualTo(5);

        // A run that is killed after its first step leaves the rest for the next.
        assertThat(resealed(rotated)).isEqualTo(2);
        assertThat(rotated.sealedUnderOthers()).isEqualTo(3);
        assertThat(resealed(rotated) + resealed(rotated) + resealed(rotated)).isEqualTo(3);

        assertThat(rotated.sealedUnderOthers()).isZero();
        JdbcWebhookSecrets withoutOld = secrets(2);
        assertThat(withoutOld.find(payment(3))).contains(new WebhookSecret("ps_order_3"));
        assertThat(withoutOld.find(payment(4))).contains(new WebhookSecret("ps_newer_than_clear"));
        assertThat(withoutOld.find(payment(5))).contains(new WebhookSecret("ps_old_key"));
        assertThat(dump()).doesNotContain("ps_");
    }

    /** An earlier version that runs beside this one confirms another attempt of a payment whose first this one saw. */
    @Test
    void secret_an_earlier_version_wrote_since_is_the_one_that_counts() {
        secrets.keep(payment(1), new WebhookSecret("ps_first"));
        database.server.execute("UPDATE payment SET secret = 'ps_second' WHERE order_id = 'order_1'");

        assertThat(secrets.find(payment(1))).contains(new WebhookSecret("ps_second"));
        resealed(secrets);
        assertThat(secrets.find(payment(1))).contains(new WebhookSecret("ps_second"));
    }

    @Test
    void secret_that_no_key_opens_is_found_by_nobody_and_holds_up_no_other() {
        secrets(9).keep(payment(1), new WebhookSecret("ps_lost"));
        secrets(9).keep(payment(3), new WebhookSecret("ps_lost"));
        secrets.keep(payment(4), new WebhookSecret("ps_old_key"));
        secrets.keep(payment(5), new WebhookSecret("ps_old_key"));
        database.server.execute("UPDATE payment SET secret = 'ps_clear' WHERE order_id = 'order_2'");
        Seal seal = Seals.shared(Keysets.of(2, 1));
        JdbcWebhookSecrets rotated = new JdbcWebhookSecrets(database.jdbc, seal);
        List<IncidentReport> told = new ArrayList<>();
        Reseal reseal = new Reseal(List.of(rotated), seal, 1, told::add, new MutableClock(), database.transaction);

        assertThat(rotated.find(payment(1))).isEmpty();
        assertThat(reseal.runOnce()).isEqualTo(3);

        assertThat(dump()).doesNotContain("ps_");
        assertThat(secrets(2).find(payment(2))).contains(new WebhookSecret("ps_clear"));
        assertThat(secrets(2).find(payment(4))).contains(new WebhookSecret("ps_old_key"));
        assertThat(secrets(2).find(payment(5))).contains(new WebhookSecret("ps_old_key"));
        assertThat(rotated.sealedUnderOthers()).isEqualTo(2);
        assertThat(told).singleElement().satisfies(incident -> {
            assertThat(incident.about()).isEqualTo("webhook secrets");
            assertThat(incident.kind()).isEqualTo("SECRETS_UNREADABLE");
            assertThat(incident.detail()).startsWith("2 do not open, of " + SequentialIds.id(1) + " to begin with");
        });
    }

    @Test
    void without_a_keyset_nothing_is_kept_and_what_is_in_clear_is_counted() {
        JdbcWebhookSecrets none = new JdbcWebhookSecrets(database.jdbc, Seals.shared(null));

        none.keep(payment(1), new WebhookSecret("ps_first"));

        assertThat(none.find(payment(1))).isEmpty();
        assertThat(dump()).doesNotContain("ps_");
        assertThat(none.sealedUnderOthers()).isZero();

        database.server.execute("UPDATE payment SET secret = 'ps_clear' WHERE order_id = 'order_2'");

        assertThat(none.find(payment(2))).contains(new WebhookSecret("ps_clear"));
        assertThat(none.sealedUnderOthers()).isEqualTo(1);
    }

    private static int resealed(JdbcWebhookSecrets store) {
        return database.transaction
                .execute(_ -> store.reseal(new UUID(0, 0), 2))
                .sealed();
    }

    private static JdbcWebhookSecrets secrets(int... keyIds) {
        return new JdbcWebhookSecrets(database.jdbc, Seals.shared(Keysets.of(keyIds)));
    }

    private static Payment payment(int number) {
        Purchase purchase = new Purchase(
                new OrderId("order_" + number), new TenantId("default"), "머그컵", Money.ofWon(33_000), null, null, null);
        return Payment.requested(new PaymentId(SequentialIds.id(number)), purchase, false, MutableClock.START)
                .payment();
    }

    private static String dump() {
        return database.jdbc
                .sql("SELECT string_agg(payment::text || coalesce(payment_secret::text, ''), ' ') FROM payment"
                        + " LEFT JOIN payment_secret ON payment_id = id")
                .query(String.class)
                .single();
    }
}
