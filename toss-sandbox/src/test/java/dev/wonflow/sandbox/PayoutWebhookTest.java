package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.Receiver.Received;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PayoutWebhookTest {

    private static final String KEY = "a".repeat(64);
    private static final String REPLACED_KEY = "0123456789abcdef".repeat(4);
    private static final String KEYS = "wonflow.sandbox.merchants[0].security-keys";

    @Test
    void the_life_of_a_seller_and_of_a_payout_is_told_and_signed_with_both_keys() throws IOException {
        try (Receiver receiver = new Receiver();
                RunningSandbox sandbox = RunningSandbox.start(
                        "wonflow.sandbox.webhook-urls=" + receiver.url(),
                        KEYS + "[0]=" + KEY,
                        KEYS + "[1]=" + REPLACED_KEY)) {
            String seller = registered(sandbox);
            sandbox.advance("PT10M");
            // Each is waited for: what is sent one after the other may arrive in another order.
            await(receiver, 1);
            payOut(sandbox, seller, "one", 5_000);
            sandbox.advance("PT2M");
            await(receiver, 2);
            payOut(sandbox, seller, "two", 9_999_999);
            await(receiver, 3);
            sandbox.advance("PT24H");
            await(receiver, 4);
            String failing = payOut(sandbox, seller, "three", 1_000);
            sandbox.post("/control/payouts/" + failing + "/status", "{\"status\": \"FAILED\"}");

            List<Received> webhooks = await(receiver, 5);

            assertThat(webhooks)
                    .extracting(webhook -> webhook.json().path("eventType").asString() + " "
                            + webhook.json().at("/entityBody/status").asString())
                    .containsExactly(
                            "seller.changed PARTIALLY_APPROVED",
                            "payout.changed COMPLETED",
                            "seller.changed KYC_REQUIRED",
                            "seller.changed APPROVED",
                            "payout.changed FAILED");
            assertThat(webhooks).allSatisfy(webhook -> {
                JsonNode body = webhook.json();
                assertThat(body.propertyNames())
                        .containsExactly("eventType", "createdAt", "version", "eventId", "entityType", "entityBody");
                assertThat(body.path("createdAt").asString()).endsWith("+09:00");
                assertThat(webhook.header("tosspayments-webhook-signature"))
                        .isEqualTo("v1:" + mac(webhook, utf8(KEY)) + ",v1:" + mac(webhook, utf8(REPLACED_KEY)));
            });
            assertThat(webhooks.getLast().json().at("/entityBody/error/code").asString())
                    .isEqualTo("NOT_AVAILABLE_BANK");
        }
    }

    @Test
    void each_attempt_is_signed_anew_and_one_key_makes_one_signature() throws IOException {
        try (Receiver receiver = new Receiver();
                RunningSandbox sandbox = RunningSandbox.start(
                        "wonflow.sandbox.webhook-urls=" + receiver.url(),
                        "wonflow.sandbox.assumptions.signature-key-decoded=true",
                        KEYS + "[0]=" + REPLACED_KEY)) {
            receiver.answer("", 500);
            registered(sandbox);
            sandbox.advance("PT10M");
            sandbox.advance("PT1M");

            List<Received> attempts = await(receiver, 2);

            assertThat(attempts)
                    .allSatisfy(attempt -> assertThat(attempt.header("tosspayments-webhook-signature"))
                            .isEqualTo("v1:" + mac(attempt, HexFormat.of().parseHex(REPLACED_KEY))));
            assertThat(attempts)
                    .extracting(attempt -> attempt.header("tosspayments-webhook-signature"))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void without_a_key_nothing_is_signed() throws IOException {
        try (Receiver receiver = new Receiver();
                RunningSandbox sandbox = RunningSandbox.start("wonflow.sandbox.webhook-urls=" + receiver.url())) {
            registered(sandbox);
            sandbox.advance("PT10M");

            assertThat(await(receiver, 1).getFirst().header("tosspayments-webhook-signature"))
                    .isEmpty();
        }
    }

    private static List<Received> await(Receiver receiver, int number) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> receiver.received("").size() >= number);
        return receiver.received("");
    }

    private static String registered(RunningSandbox sandbox) {
        return sandbox.post("/v2/sellers", """
                {"refSellerId": "seller-1", "businessType": "INDIVIDUAL",
                 "individual": {"name": "이데모", "email": "a@example.com", "phone": "01000000000"},
                 "account": {"bankCode": "092", "accountNumber": "1000000000001", "holderName": "이데모"}}
                """).json().at("/entityBody/id").asString();
    }

    private static String payOut(RunningSandbox sandbox, String seller, String reference, long won) {
        return sandbox.post("/v2/payouts", """
                [{"refPayoutId": "%s", "destination": "%s", "scheduleType": "EXPRESS",
                  "amount": {"currency": "KRW", "value": %d}, "transactionDescription": "정산"}]
                """.formatted(reference, seller, won))
                .json()
                .at("/entityBody/items/0/id")
                .asString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Computed by hand, as a receiver does. */
    private static String mac(Received webhook, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Arrays.copyOf(key, key.length), "HmacSHA256"));
            mac.update(utf8(webhook.body()));
            mac.update((byte) ':');
            mac.update(utf8(webhook.header("tosspayments-webhook-transmission-time")));
            return Base64.getEncoder().encodeToString(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
