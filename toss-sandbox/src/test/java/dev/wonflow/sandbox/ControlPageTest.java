package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlPageTest {

    private static final Path RESOURCES = Path.of("src/main/resources");

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final String orderId = RunningSandbox.newOrderId();

    @Test
    void payments_are_listed_with_their_webhooks_and_found_by_order_key_and_status() {
        String paymentKey = sandbox.authenticated(orderId);
        sandbox.confirm(paymentKey, orderId);
        String link = "/payments/" + paymentKey;

        assertThat(sandbox.get("/?q=" + orderId).body())
                .contains(link, "33,000", "DONE", "PAYMENT_STATUS_CHANGED", "머그컵 외 1건");
        assertThat(sandbox.get("/?q=" + paymentKey.toLowerCase(Locale.ROOT) + "&status=DONE")
                        .body())
                .contains(link);
        assertThat(sandbox.get("/?q=" + orderId + "&status=READY").body()).doesNotContain(link);
        assertThat(sandbox.get("/?q=no-such-order").body()).contains("해당하는 결제가 없습니다.");
    }

    @Test
    void a_list_is_cut_into_pages() {
        try (RunningSandbox own = RunningSandbox.start()) {
            for (int i = 0; i < 51; i++) {
                own.open("paged-" + i);
            }

            assertThat(own.get("/").body()).contains("paged-50<", "page=1").doesNotContain("paged-0<", "page=0");
            assertThat(own.get("/?page=1").body())
                    .contains("paged-0<", "page=0")
                    .doesNotContain("page=2");
            assertThat(own.get("/?page=-7").body()).contains("paged-50<");
            assertThat(own.get("/?page=2147483647").status()).isEqualTo(200);
        }
    }

    @Test
    void a_payment_shows_its_object_its_webhooks_its_calls_and_what_can_be_done() {
        String paymentKey = sandbox.authenticated(orderId);
        assertThat(sandbox.get("/payments/" + paymentKey).body())
                .contains("POST /v1/payments/confirm", "/control/payments/" + paymentKey + "/decline")
                .doesNotContain("/cancel\"", "/deposit\"");

        sandbox.confirm(paymentKey, orderId, "Idempotency-Key", "key-of-" + orderId);

        assertThat(sandbox.get("/payments/" + paymentKey).body())
                .contains("&quot;paymentKey&quot; : &quot;" + paymentKey + "&quot;")
                .contains("PAYMENT_STATUS_CHANGED", "/resend", "key-of-" + orderId)
                .contains("/v1/payments/" + paymentKey + "/cancel")
                .doesNotContain("/authenticate\"", "/decline\"", "refundReceiveAccount.bank");
    }

    @Test
    void a_virtual_account_can_be_paid_into_and_the_deposit_taken_back() {
        String paymentKey = sandbox.post(
                        "/v1/payments",
                        RunningSandbox.sessionOf(orderId, 33_000).replace("카드", "가상계좌"))
                .text("paymentKey");
        sandbox.post("/control/payments/" + paymentKey + "/authenticate", "{}");
        sandbox.confirm(paymentKey, orderId);
        assertThat(sandbox.get("/payments/" + paymentKey).body())
                .contains("/deposit\"", "/cancel\"")
                .doesNotContain("/reverse-deposit\"", "refundReceiveAccount.bank");

        sandbox.post("/control/payments/" + paymentKey + "/deposit", "{}");

        assertThat(sandbox.get("/payments/" + paymentKey).body())
                .contains("/reverse-deposit\"", "refundReceiveAccount.bank")
                .doesNotContain("/" + paymentKey + "/deposit\"");
    }

    @Test
    void what_a_merchant_wrote_is_shown_and_not_run() {
        String script = "<script>alert(1)</script>";
        String paymentKey = sandbox.post(
                        "/v1/payments",
                        RunningSandbox.sessionOf(orderId, 33_000).replace("머그컵 외 1건", script + "\\\" onload=\\\"x"))
                .text("paymentKey");
        sandbox.post("/control/payments/" + paymentKey + "/decline", "{}");

        for (String page : List.of("/?q=" + orderId, "/payments/" + paymentKey, "/webhooks?q=" + orderId)) {
            assertThat(sandbox.get(page).body())
                    .as(page)
                    .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                    .doesNotContain(script, "\" onload=\"x");
        }
        assertThat(sandbox.get("/?q=%3Cscript%3Ealert(1)%22").body())
                .contains("value=\"&lt;script&gt;alert(1)&quot;\"")
                .doesNotContain("<script>alert");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/webhooks", "/faults", "/clock", "/billing-keys", "/payments/nobody"})
    void every_page_speaks_both_languages_and_lets_nothing_in_from_elsewhere(String path) {
        Answer korean = sandbox.get(path);
        Answer english = sandbox.send(sandbox.request(path).header("Accept-Language", "en"));

        assertThat(korean.body()).contains("lang=\"ko\"", "샌드박스 시각", "빌링키").doesNotContain("??");
        assertThat(english.body())
                .contains("lang=\"en\"", "Sandbox time", "Billing keys")
                .doesNotContain("??");
        assertThat(sandbox.get(path + "?lang=en").body()).contains("lang=\"en\"");
        assertThat(korean.header("content-security-policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(Pattern.compile("(?:src|href)=\"(?!/|\\?|data:,)")
                        .matcher(korean.body())
                        .find())
                .isFalse();
    }

    @Test
    void a_payment_nobody_opened_has_a_page_that_says_so() {
        assertThat(sandbox.get("/payments/nobody").status()).isEqualTo(404);
        assertThat(sandbox.get("/payments/nobody").body()).contains("존재하지 않는 결제입니다.");
    }

    @Test
    void webhooks_are_found_by_order_event_and_state() {
        String paymentKey = sandbox.authenticated(orderId);
        sandbox.confirm(paymentKey, orderId);

        assertThat(sandbox.get("/webhooks?q=" + orderId).body())
                .contains(
                        "PAYMENT_STATUS_CHANGED",
                        sandbox.webhooks(orderId).get(0).path("url").asString());
        assertThat(sandbox.get("/webhooks?q=" + orderId + "&status=WITHHELD").body())
                .contains("웹훅이 없습니다.");
    }

    @Test
    void faults_are_listed_and_every_kind_and_profile_can_be_armed() {
        try (RunningSandbox own = RunningSandbox.start()) {
            own.post(
                    "/control/faults",
                    "{\"operation\": \"confirm\", \"kind\": \"DECLINE\", \"code\": \"REJECT_CARD_COMPANY\","
                            + " \"orderId\": \"<b>ord</b>\", \"probability\": 0.25, \"times\": 7}");

            assertThat(own.get("/faults").body())
                    .contains(
                            "DECLINE REJECT_CARD_COMPANY", "&lt;b&gt;ord&lt;/b&gt;", "25 %", "DELETE /control/faults/")
                    .contains("POST /control/fault-profiles/lost-answers", "<option value=\"WEBHOOK_CONTRADICTED\"")
                    .doesNotContain("<b>ord", "??");
        }
    }

    @Test
    void snapshots_are_listed_and_can_be_gone_back_to() {
        try (RunningSandbox own = RunningSandbox.start()) {
            String id = own.post("/control/snapshots", "{}").text("id");

            assertThat(own.get("/clock").body())
                    .contains("POST /control/snapshots/" + id + "/reset", "DELETE /control/snapshots/" + id);
        }
    }

    @Test
    void billing_keys_are_listed_until_they_are_deleted() {
        String customer = "customer-" + orderId;
        String key = sandbox.post(
                        "/v1/billing/authorizations/card",
                        "{\"customerKey\": \"" + customer + "\", \"cardNumber\": \"9410001234567890\","
                                + " \"cardExpirationYear\": \"40\", \"cardExpirationMonth\": \"12\","
                                + " \"customerIdentityNumber\": \"900101\"}")
                .text("billingKey");
        String button = "POST /control/billing/" + key + "/delete";
        assertThat(sandbox.get("/billing-keys").body()).contains(customer, button);

        sandbox.post("/control/billing/" + key + "/delete", "{}");

        assertThat(sandbox.get("/billing-keys").body()).contains(customer).doesNotContain(button);
    }

    @Test
    void the_page_offers_every_trigger_and_its_script_puts_no_text_into_markup() throws IOException {
        String script = Files.readString(RESOURCES.resolve("browser/control.js"));

        assertThat(Pattern.compile("<option value=\"([a-z]+\\.[a-z-]+)\"")
                        .matcher(sandbox.get("/").body())
                        .results()
                        .map(event -> event.group(1))
                        .toList())
                .hasSizeGreaterThan(8)
                .isEqualTo(sandbox.get("/control/triggers")
                        .json()
                        .valueStream()
                        .map(trigger -> trigger.path("name").asString())
                        .toList());
        assertThat(script).doesNotContain("innerHTML", "insertAdjacentHTML", "document.write", "eval(");
        assertThat(sandbox.get("/sdk/files/control.js").header("content-type")).startsWith("text/javascript");
        assertThat(sandbox.get("/sdk/files/control.css").header("content-type")).startsWith("text/css");
    }

    @Test
    void every_text_there_is_in_korean_is_there_in_english() throws IOException {
        assertThat(messages("messages_en.properties").stringPropertyNames())
                .isEqualTo(messages("messages.properties").stringPropertyNames());
    }

    private static Properties messages(String file) throws IOException {
        Properties messages = new Properties();
        try (var reader = Files.newBufferedReader(RESOURCES.resolve(file))) {
            messages.load(reader);
        }
        return messages;
    }
}
