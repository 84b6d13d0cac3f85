package dev.wonflow.payment.inquiry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.payment.World;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ResolverLoopTest {

    private final World world = new World();

    @Test
    void loop_runs_whenever_it_was_started_and_ends_when_it_is_stopped() throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            CountDownLatch paused = new CountDownLatch(1);
            CountDownLatch ended = new CountDownLatch(1);
            ResolverLoop loop = new ResolverLoop(resolver(), world.resolver, world.clock, _ -> {
                paused.countDown();
                try {
                    new CountDownLatch(1).await();
                } finally {
                    ended.countDown();
                }
            });

            loop.start();
            assertThat(paused.await(10, TimeUnit.SECONDS)).as("round %d ran", i).isTrue();
            loop.stop();

            assertThat(ended.await(10, TimeUnit.SECONDS))
                    .as("round %d ended", i)
                    .isTrue();
            assertThat(loop.isRunning()).isFalse();
        }
    }

    private ResolvePayments resolver() {
        return new ResolvePayments(
                world.inquiries,
                world.inquiries,
                world.payments,
                world.attempts,
                world.webhooks,
                world.gateway,
                world.settlePayment(),
                world.closeAccount(),
                world.resolver,
                world.clock);
    }
}
