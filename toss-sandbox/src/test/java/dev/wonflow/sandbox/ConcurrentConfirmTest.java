package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Two confirms of one payment at once, without an Idempotency-Key. */
class ConcurrentConfirmTest {

    private static final String SLOW = "wonflow.sandbox.payment.confirm-takes=5m";

    private final String orderId = RunningSandbox.newOrderId();

    @Test
    void with_the_switch_the_second_one_is_told_that_the_first_is_running() throws Exception {
        try (RunningSandbox sandbox =
                RunningSandbox.start(SLOW, "wonflow.sandbox.assumptions.concurrent-confirm-fails=true")) {
            String paymentKey = sandbox.authenticated(orderId);
            // Whichever came first runs until the clock is moved; the other one ends at once.
            try (ExecutorService buyers = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Answer> one = buyers.submit(() -> sandbox.confirm(paymentKey, orderId));
                Future<Answer> other = buyers.submit(() -> sandbox.confirm(paymentKey, orderId));
                Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> one.isDone() || other.isDone());
                Future<Answer> second = one.isDone() ? one : other;
                Future<Answer> first = one.isDone() ? other : one;

                assertThat(second.get().status()).isEqualTo(500);
                assertThat(second.get().text("code")).isEqualTo("FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING");
                assertThat(second.get().text("message")).startsWith("[S008]");
                sandbox.advance("PT5M");
                assertThat(first.get().text("status")).isEqualTo("DONE");
            }
        }
    }

    @Test
    void without_it_the_second_one_finds_the_payment_processed() throws Exception {
        try (RunningSandbox sandbox = RunningSandbox.start(SLOW)) {
            String paymentKey = sandbox.authenticated(orderId);
            try (ExecutorService buyers = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Answer> one = buyers.submit(() -> sandbox.confirm(paymentKey, orderId));
                Future<Answer> other = buyers.submit(() -> sandbox.confirm(paymentKey, orderId));
                Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                    sandbox.advance("PT5M");
                    return one.isDone() && other.isDone();
                });

                assertThat(new int[] {one.get().status(), other.get().status()}).containsExactlyInAnyOrder(200, 400);
                Answer refused = one.get().status() == 400 ? one.get() : other.get();
                assertThat(refused.text("code")).isEqualTo("ALREADY_PROCESSED_PAYMENT");
            }
        }
    }
}
