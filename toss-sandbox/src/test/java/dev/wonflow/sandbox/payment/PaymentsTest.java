package dev.wonflow.sandbox.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import dev.wonflow.sandbox.merchant.ApiVersion;
import dev.wonflow.sandbox.merchant.KeyPair;
import dev.wonflow.sandbox.merchant.Merchant;
import dev.wonflow.sandbox.order.Buyer;
import dev.wonflow.sandbox.session.PaymentType;
import dev.wonflow.sandbox.session.Session;
import dev.wonflow.sandbox.session.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PaymentsTest {

    private static final Instant NOON = Instant.parse("2026-01-05T03:00:00Z");
    private static final KeyPair KEYS =
            new KeyPair(new Merchant("mid", "Mugs", ApiVersion.V2022_11_16), "test_ck_1", "test_sk_1");

    private final Payments payments =
            new Payments(new PaymentSettings(Duration.ofMinutes(30), Duration.ofMinutes(10), Duration.ZERO, 2));

    @Test
    void beyond_the_capacity_the_oldest_is_forgotten() {
        payments.add(aPayment("first"));
        payments.add(aPayment("second"));
        payments.add(aPayment("third"));

        assertThat(payments.find("first")).isEmpty();
        assertThat(payments.ofOrder("mid", "order-1"))
                .extracting(Payment::paymentKey)
                .containsExactly("second", "third");
        assertThat(payments.newest(10)).extracting(Payment::paymentKey).containsExactly("third", "second");
    }

    @Test
    void a_key_is_taken_once() {
        assertThat(payments.add(aPayment("first"))).isTrue();
        assertThat(payments.add(aPayment("first"))).isFalse();
        assertThat(payments.newest(10)).hasSize(1);
    }

    @Test
    void an_illegal_step_names_what_would_have_been_legal() {
        payments.add(aPayment("first"));
        payments.change("first", payment -> payment.aborted(TossError.REJECT_CARD_COMPANY));

        assertThatThrownBy(() -> payments.change("first", Payment::expired))
                .isInstanceOf(IllegalTransition.class)
                .hasMessageContaining("ABORTED -> EXPIRED (expected: one of [])");
    }

    @Test
    void beyond_the_memory_the_oldest_are_forgotten_too() {
        Payments roomy = new Payments(
                new PaymentSettings(Duration.ofMinutes(30), Duration.ofMinutes(10), Duration.ZERO, 1_000_000));
        // The same text for all, so that only the count of it is large.
        Map<String, String> metadata = Map.of("all", "x".repeat(1_000_000));
        for (int i = 0; i < 120; i++) {
            roomy.add(aPayment("large-" + i, metadata));
        }

        assertThat(roomy.newest(1_000)).hasSizeBetween(90, 100);
        assertThat(roomy.find("large-0")).isEmpty();
        assertThat(roomy.find("large-119")).isPresent();
    }

    private static Payment aPayment(String paymentKey) {
        return aPayment(paymentKey, null);
    }

    private static Payment aPayment(String paymentKey, @Nullable Map<String, String> metadata) {
        return Payment.opened(
                new Session(
                        paymentKey,
                        KEYS,
                        PaymentType.NORMAL,
                        "order-1",
                        "머그컵",
                        PaymentMethod.CARD,
                        1_000,
                        0,
                        0,
                        Buyer.UNKNOWN,
                        Terms.USUAL,
                        null,
                        metadata,
                        "https://shop.example/success",
                        "https://shop.example/fail",
                        "http://127.0.0.1/window/" + paymentKey,
                        NOON),
                Duration.ofMinutes(30));
    }
}
