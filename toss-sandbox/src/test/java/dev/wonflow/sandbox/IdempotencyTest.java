package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class IdempotencyTest {

    private static final String KEY = "Idempotency-Key";
    private static final String TRACE_ID = "x-tosspayments-trace-id";

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final String orderId = RunningSandbox.newOrderId();

    @Test
    void the_first_answer_is_given_again_byte_for_byte_whatever_the_body_says() {
        String paymentKey = sandbox.authenticated(orderId);
        Answer first = sandbox.confirm(paymentKey, orderId, KEY, orderId);

        Answer second = sandbox.post(
                "/v1/payments/confirm",
                RunningSandbox.confirmOf(paymentKey, orderId, 1),
                KEY,
                orderId,
                "Accept-Language",
                "en");

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(first.header(KEY)).isEqualTo(orderId);
        assertThat(second.header(KEY)).isEqualTo(orderId);
        assertThat(second.header(TRACE_ID)).matches("[0-9a-f]{32}, " + first.header(TRACE_ID));
        assertThat(sandbox.get("/control/calls?orderId=" + orderId).json())
                .last()
                .satisfies(call -> assertThat(call.path("replay").asBoolean()).isTrue())
                .satisfies(call -> assertThat(call.path("effect").asBoolean()).isFalse());
    }

    @Test
    void a_refusal_is_given_again_even_when_the_body_was_corrected() {
        String paymentKey = sandbox.authenticated(orderId);
        Answer first =
                sandbox.post("/v1/payments/confirm", RunningSandbox.confirmOf(paymentKey, orderId, 1), KEY, orderId);

        Answer corrected = sandbox.confirm(paymentKey, orderId, KEY, orderId);

        assertThat(first.status()).isEqualTo(400);
        assertThat(corrected.status()).isEqualTo(400);
        assertThat(corrected.body()).isEqualTo(first.body());
        assertThat(sandbox.confirm(paymentKey, orderId, KEY, orderId + "-2").status())
                .isEqualTo(200);
    }

    @Test
    void a_cancel_of_too_much_stays_refused_under_its_key_when_the_amount_was_corrected() {
        String paymentKey = sandbox.authenticated(orderId);
        sandbox.confirm(paymentKey, orderId);
        String cancel = "/v1/payments/" + paymentKey + "/cancel";

        Answer tooMuch = sandbox.post(cancel, "{\"cancelReason\": \"변심\", \"cancelAmount\": 99000}", KEY, orderId);
        Answer corrected = sandbox.post(cancel, "{\"cancelReason\": \"변심\", \"cancelAmount\": 1000}", KEY, orderId);

        assertThat(tooMuch.status()).isEqualTo(403);
        assertThat(corrected.status()).isEqualTo(403);
        assertThat(corrected.body()).isEqualTo(tooMuch.body());
        assertThat(sandbox.payment(paymentKey).json().path("balanceAmount").asInt())
                .isEqualTo(33_000);
    }

    @Test
    void a_key_of_300_characters_is_fine_and_one_of_301_is_not() {
        String paymentKey = sandbox.authenticated(orderId);

        Answer tooLong = sandbox.confirm(paymentKey, orderId, KEY, "k".repeat(301));
        assertThat(tooLong.status()).isEqualTo(400);
        assertThat(tooLong.text("code")).isEqualTo("INVALID_IDEMPOTENCY_KEY");
        assertThat(sandbox.confirm(paymentKey, orderId, KEY, (orderId + "k".repeat(300)).substring(0, 300))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void an_empty_key_is_none() {
        Answer first = sandbox.post("/v1/payments", RunningSandbox.sessionOf(orderId, 33_000), KEY, "");
        Answer second = sandbox.post("/v1/payments", RunningSandbox.sessionOf(orderId, 33_000), KEY, "");

        assertThat(second.text("paymentKey")).isNotEqualTo(first.text("paymentKey"));
        assertThat(second.header(TRACE_ID)).matches("[0-9a-f]{32}");
    }

    @Test
    void a_get_ignores_the_key() {
        String paymentKey = sandbox.authenticated(orderId);
        String path = "/v1/payments/" + paymentKey;
        Answer before = sandbox.send(sandbox.toss(path).header(KEY, orderId));
        sandbox.confirm(paymentKey, orderId);

        Answer after = sandbox.send(sandbox.toss(path).header(KEY, orderId));

        assertThat(before.text("status")).isEqualTo("IN_PROGRESS");
        assertThat(after.text("status")).isEqualTo("DONE");
    }

    @Test
    void the_same_key_with_other_keys_or_on_another_path_is_another_request() {
        String paymentKey = sandbox.authenticated(orderId);

        Answer opened = sandbox.post("/v1/payments", RunningSandbox.sessionOf(orderId, 33_000), KEY, orderId);
        Answer foreign = sandbox.confirm(
                paymentKey,
                orderId,
                KEY,
                orderId,
                "Authorization",
                RunningSandbox.basic(RunningSandbox.OTHER_SECRET_KEY));
        Answer own = sandbox.confirm(paymentKey, orderId, KEY, orderId);

        assertThat(opened.text("status")).isEqualTo("READY");
        assertThat(foreign.text("code")).isEqualTo("INVALID_API_KEY");
        assertThat(own.text("status")).isEqualTo("DONE");
    }

    @Test
    void after_fifteen_days_a_key_is_a_new_one() {
        String paymentKey = sandbox.authenticated(orderId);
        sandbox.confirm(paymentKey, orderId, KEY, orderId);

        sandbox.advance("P14DT23H");
        assertThat(sandbox.confirm(paymentKey, orderId, KEY, orderId).status()).isEqualTo(200);

        sandbox.advance("PT1H");
        assertThat(sandbox.confirm(paymentKey, orderId, KEY, orderId).text("code"))
                .isEqualTo("ALREADY_PROCESSED_PAYMENT");
    }

    @Test
    void while_the_first_request_runs_its_twin_is_told_to_wait() {
        // The twin can overtake the slow request on its way in; then both are tried again.
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(twinOfASlowRequest()).isEqualTo("IDEMPOTENT_REQUEST_PROCESSING"));
    }

    private String twinOfASlowRequest() throws IOException {
        String order = RunningSandbox.newOrderId();
        String paymentKey = sandbox.authenticated(order);
        byte[] body = RunningSandbox.confirmOf(paymentKey, order, 33_000).getBytes(StandardCharsets.UTF_8);
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), sandbox.port())) {
            OutputStream out = slow.getOutputStream();
            out.write(("POST /v1/payments/confirm HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: "
                            + RunningSandbox.basic(RunningSandbox.SECRET_KEY)
                            + "\r\nIdempotency-Key: " + order
                            + "\r\nConnection: close\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String twin = sandbox.confirm(paymentKey, order, KEY, order).text("code");
            out.write(body);
            out.flush();
            assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200");
            assertThat(sandbox.confirm(paymentKey, order, KEY, order).text("status"))
                    .isEqualTo("DONE");
            return twin;
        }
    }
}
