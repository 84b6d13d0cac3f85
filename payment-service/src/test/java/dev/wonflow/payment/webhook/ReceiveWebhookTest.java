package dev.wonflow.payment.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.WebhookSecret;
import dev.wonflow.payment.billing.BillingWorld;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.payment.payment.World;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.SequentialIds;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReceiveWebhookTest {

    private final World world = new World();
    private final ReceiveWebhook receiveWebhook = new ReceiveWebhook(
            world.webhooks,
            world.payments,
            world.attempts,
            world.secrets,
            world.statusChecks,
            new BillingWorld().removeMethod(),
            world.statusCheckSettings,
            world.clock);

    @Test
    void webhook_about_nothing_of_ours_asks_for_nothing() {
        world.given(PaymentStatus.PAID);

        receiveWebhook.receive(webhook("ord_of_nobody_of_ours", "CANCELED", Grade.UNVERIFIED, null));

        assertThat(world.statusChecks.hinted).isEmpty();
        assertThat(world.webhooks.answers).containsExactly("UNKNOWN_PAYMENT UNVERIFIED");
    }

    @Test
    void webhook_that_says_what_is_known_asks_for_nothing() {
        world.given(PaymentStatus.PAID);

        receiveWebhook.receive(webhook(order(), "DONE", Grade.UNVERIFIED, null));

        assertThat(world.statusChecks.hinted).isEmpty();
        assertThat(world.webhooks.pending).isEmpty();
        assertThat(world.webhooks.answers).containsExactly("ALREADY_KNOWN UNVERIFIED");
    }

    @Test
    void webhook_that_anybody_can_have_sent_is_a_hint_without_a_voucher() {
        PaymentId id = world.given(PaymentStatus.PAID);

        receiveWebhook.receive(webhook(order(), "CANCELED", Grade.UNVERIFIED, "ps_made_up"));

        assertThat(world.statusChecks.hinted).containsKey(id);
        assertThat(world.statusChecks.vouched).isEmpty();
    }

    @Test
    void webhook_with_the_payments_secret_or_a_signature_is_a_vouched_hint() {
        PaymentId id = world.given(PaymentStatus.PAID);
        world.secrets.keep(world.payment(), new WebhookSecret(PaymentFixture.SECRET));

        receiveWebhook.receive(webhook(order(), "CANCELED", Grade.UNVERIFIED, PaymentFixture.SECRET));
        receiveWebhook.receive(webhook(order(), "CANCELED", Grade.SIGNED, null));

        assertThat(world.statusChecks.vouched).containsExactly(id, id);
    }

    private String order() {
        return PaymentFixture.anOrder().value();
    }

    private static TossWebhook webhook(String orderId, String status, Grade grade, @Nullable String secret) {
        return new TossWebhook(
                SequentialIds.id(9),
                MutableClock.START,
                "CLASSIC",
                "PAYMENT_STATUS_CHANGED",
                grade,
                orderId,
                null,
                status,
                secret == null ? null : new WebhookSecret(secret).print());
    }
}
