package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Calls about one payment that come at once: what they are told is what became of it. */
class RaceTest {

    /** What a call is told whose connection ends before there is an answer. */
    private static final int LOST = 0;

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final Till till = new Till(sandbox);
    private final String orderId = RunningSandbox.newOrderId();

    @Test
    void a_confirm_beside_the_deadline_is_in_time_or_too_late_and_never_both() throws Exception {
        List<String> orders =
                Stream.generate(RunningSandbox::newOrderId).limit(40).toList();
        List<String> keys = orders.stream().map(sandbox::authenticated).toList();

        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            String paymentKey = keys.get(i);
            String order = orders.get(i);
            calls.add(() -> sandbox.confirm(paymentKey, order).status());
        }
        calls.add(20, () -> {
            sandbox.advance("PT10M");
            return LOST;
        });
        List<Integer> told = atOnce(calls);
        told.subList(20, 21).clear();

        for (int i = 0; i < keys.size(); i++) {
            JsonNode payment = sandbox.payment(keys.get(i)).json();
            assertThat(payment.path("status").asString()).isEqualTo(told.get(i) == 200 ? "DONE" : "EXPIRED");
            assertThat(told.get(i)).isIn(200, 404);
            assertThat(sandbox.webhooks(orders.get(i))).hasSize(1);
        }
    }

    @Test
    void of_twins_under_one_key_one_has_an_effect_however_often_answers_get_lost() throws Exception {
        String paymentKey = till.done(orderId, 10_000);
        sandbox.post(
                "/control/faults",
                "{\"kind\": \"ANSWER_LOST_BEFORE_EFFECT\", \"operation\": \"cancel\", \"orderId\": \"" + orderId
                        + "\", \"times\": 3}");
        sandbox.post(
                "/control/faults",
                "{\"kind\": \"ANSWER_LOST_AFTER_EFFECT\", \"operation\": \"cancel\", \"orderId\": \"" + orderId
                        + "\"}");
        Callable<Integer> cancel = () -> till.cancel(
                        paymentKey,
                        "{\"cancelReason\": \"x\", \"cancelAmount\": 1000}",
                        "Idempotency-Key",
                        "cancel:" + orderId)
                .status();

        // A client that hears nothing, or is told to wait, asks again with the same key.
        List<Integer> told = atOnce(IntStream.range(0, 20)
                .mapToObj(_ -> (Callable<Integer>) () -> persistently(cancel))
                .toList());

        assertThat(told).containsOnly(200);
        Answer payment = sandbox.payment(paymentKey);
        assertThat(payment.json().path("cancels")).hasSize(1);
        assertThat(payment.json().path("balanceAmount").asLong()).isEqualTo(9_000);
        assertThat(sandbox.webhooks(orderId)).hasSize(2);
    }

    private static int persistently(Callable<Integer> call) throws Exception {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int status;
            try {
                status = call.call();
            } catch (UncheckedIOException _) {
                status = LOST;
            }
            if (status != LOST && status != 409) {
                return status;
            }
        }
        throw new AssertionError("never answered");
    }

    private static List<Integer> atOnce(List<Callable<Integer>> calls) throws InterruptedException, ExecutionException {
        try (ExecutorService clerks = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Integer> told = new ArrayList<>();
            for (Future<Integer> each : clerks.invokeAll(calls)) {
                told.add(each.get());
            }
            return told;
        }
    }
}
