package dev.wonflow.webhook.messaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.testsupport.Canary;
import dev.wonflow.testsupport.access.WithTokenIssuer;
import dev.wonflow.testsupport.server.TestServers;
import dev.wonflow.webhook.web.Sender;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Every secret the ingest meets is a canary, and nothing it logs or hands on has one. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"TOSS_WEBHOOK_SECRET=" + CanaryIT.SECURITY_KEY, "logging.level.dev.wonflow=TRACE"})
@WithTokenIssuer
@ExtendWith(OutputCaptureExtension.class)
class CanaryIT {

    static final String SECURITY_KEY = "c0ffee5ec5e7c0ffee5ec5e7c0ffee5ec5e7c0ffee5ec5e7c0ffee5ec5e70001";

    private static final Logger log = LoggerFactory.getLogger(CanaryIT.class);

    private static final String PAYMENT_SECRET = "ps_CanaryWebhookSecret0001";
    private static final String BILLING_KEY = "CanaryBillingKeyOfABuyer0001";
    private static final String AUTH_KEY = "bln_CanaryAuthKey0001";
    private static final String CONTROL = "ord_canary_meant_to_be_found";
    private static final String TIME = "2026-01-05T12:00:33+09:00";

    private final Sender sender;

    CanaryIT(@Value("${local.server.port}") int port) {
        this.sender = new Sender(port);
    }

    @DynamicPropertySource
    static void kafka(DynamicPropertyRegistry settings) {
        settings.add("spring.kafka.bootstrap-servers", TestServers.kafka()::bootstrapServers);
    }

    @BeforeAll
    static void create_topic() {
        WebhookTopic.create(TestServers.kafka().bootstrapServers());
    }

    @Test
    void no_secret_is_in_any_log_line_or_record(CapturedOutput output) throws GeneralSecurityException {
        List<Canary> canaries = List.of(
                new Canary("security key", SECURITY_KEY),
                new Canary("webhook secret of a payment", PAYMENT_SECRET),
                new Canary("billing key", BILLING_KEY),
                new Canary("authKey", AUTH_KEY));
        String body = """
                {"eventType":"PAYMENT_STATUS_CHANGED","secret":"%1$s",
                 "data":{"orderId":"%2$s","secret":"%1$s","billingKey":"%3$s","authKey":"%4$s",
                         "payment":{"s\\u0065cret":"%1$s","billing_key":"%3$s"}}}
                """.formatted(PAYMENT_SECRET, CONTROL, BILLING_KEY, AUTH_KEY);

        assertThat(sender.post(body).statusCode()).isEqualTo(200);
        assertThat(signed(body, signature(body))).isEqualTo(200);
        assertThat(signed(body, signature("another body"))).isEqualTo(401);
        // Breaks off where a parser would quote it.
        assertThat(sender.post(body.substring(0, body.indexOf("\"authKey\"") + 20))
                        .statusCode())
                .isEqualTo(400);
        log.info("Planted: {}", Base64.getEncoder().encodeToString(CONTROL.getBytes(UTF_8)));

        List<String> lines = output.getAll().lines().toList();
        List<String> records = WebhookTopic.read(TestServers.kafka().bootstrapServers(), _ -> true).stream()
                .map(CanaryIT::text)
                .toList();

        log.info(
                "Searched for {} secrets in {} lines of log and {} records",
                canaries.size(),
                lines.size(),
                records.size());
        Canary control = new Canary("control", CONTROL);
        assertThat(lines).hasSizeGreaterThan(10).anyMatch(control::isIn);
        assertThat(records.stream().filter(control::isIn)).hasSize(2);
        for (Canary canary : canaries) {
            assertThat(lines).as(canary.name()).noneMatch(canary::isIn);
            assertThat(records).as(canary.name()).noneMatch(canary::isIn);
        }
    }

    private int signed(String body, String signature) {
        return sender.post(
                        body,
                        "tosspayments-webhook-signature",
                        "v1:" + signature,
                        "tosspayments-webhook-transmission-time",
                        TIME)
                .statusCode();
    }

    private static String signature(String body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECURITY_KEY.getBytes(UTF_8), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal((body + ":" + TIME).getBytes(UTF_8)));
    }

    private static String text(ConsumerRecord<byte[], byte[]> message) {
        StringBuilder text = new StringBuilder(text(message.key()));
        for (Header header : message.headers()) {
            text.append(' ').append(header.key()).append('=').append(text(header.value()));
        }
        return text.append(' ').append(text(message.value())).toString();
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, ISO_8859_1);
    }
}
