package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the state file says of payments. */
@Timeout(60)
class KeptPaymentsTest {

    @TempDir
    private Path folder;

    @Test
    void after_a_restart_payments_by_every_method_are_what_they_were() throws IOException {
        Map<String, String> bodies = new LinkedHashMap<>();
        try (RunningSandbox sandbox = start()) {
            Till till = new Till(sandbox);
            for (String choice : new String[] {
                "{\"cardCompany\": \"국민\", \"installmentMonths\": 3}",
                "{\"method\": \"EASY_PAY\", \"easyPay\": \"토스페이\", \"cardCompany\": \"현대\", \"discountAmount\": 100}",
                "{\"method\": \"EASY_PAY\"}",
                "{\"method\": \"TRANSFER\"}",
                "{\"method\": \"MOBILE_PHONE\"}",
                "{\"method\": \"VIRTUAL_ACCOUNT\"}",
                "{\"method\": \"GAME_GIFT_CERTIFICATE\"}"
            }) {
                String paymentKey =
                        till.paid(RunningSandbox.newOrderId(), 60_000, choice).text("paymentKey");
                bodies.put(paymentKey, sandbox.payment(paymentKey).body());
            }
            String canceled = till.done(RunningSandbox.newOrderId(), 10_000);
            till.cancelBecause(canceled, "\"cancelAmount\": 1000");
            bodies.put(canceled, sandbox.payment(canceled).body());
        }

        assertThat(Files.readString(folder.resolve("state.json")))
                .contains(RunningSandbox.CLIENT_KEY)
                .doesNotContain(RunningSandbox.SECRET_KEY);
        try (RunningSandbox sandbox = start()) {
            assertThat(bodies)
                    .hasSize(8)
                    .allSatisfy((paymentKey, body) ->
                            assertThat(sandbox.payment(paymentKey).body()).isEqualTo(body));
        }
    }

    @Test
    void payments_whose_keys_are_gone_stop_the_start() {
        try (RunningSandbox sandbox = start()) {
            sandbox.open(RunningSandbox.newOrderId());
        }

        assertThatThrownBy(() -> start("wonflow.sandbox.merchants[0].keys[0].client-key=test_ck_of_another_shop")
                        .close())
                .rootCause()
                .hasMessageContaining("test_ck_D5GePWvyJnrK0W0k6q8gLzN97Eoq")
                .hasMessageContaining("keys that are gone");
    }

    private RunningSandbox start(String... settings) {
        String[] all = new String[settings.length + 1];
        System.arraycopy(settings, 0, all, 0, settings.length);
        all[settings.length] = "wonflow.sandbox.state-file=" + folder.resolve("state.json");
        return RunningSandbox.startAt("2026-03-10T10:00", all);
    }
}
