package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.Receiver.Received;
import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BillingDeleteTest {

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final Receiver receiver = RunningSandbox.sharedReceiver();

    @Test
    void a_deletion_is_answered_with_nothing_at_all() {
        Answer deleted = delete(sandbox, issued(sandbox));

        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.body()).isEmpty();
        assertThat(deleted.header("content-length")).isEqualTo("0");
    }

    @Test
    void a_deletion_is_announced_once() {
        String billingKey = issued(sandbox);
        delete(sandbox, billingKey);
        delete(sandbox, billingKey);

        Received webhook = await(billingKey);
        assertThat(webhook.json().path("eventType").asString()).isEqualTo("BILLING_DELETED");
        assertThat(webhook.json().path("createdAt").asString()).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+");
        assertThat(webhook.json().path("data").toString())
                .isEqualTo("{\"billingKey\":\"" + billingKey + "\",\"reason\":null}");
        assertThat(webhook.header("tosspayments-webhook-signature")).isEmpty();
        assertThat(about(billingKey)).hasSize(1);
    }

    @Test
    void issuing_is_not_announced() {
        String silent = issued(sandbox);
        String announced = issued(sandbox);
        delete(sandbox, announced);

        Received _ = await(announced);
        assertThat(about(silent)).isEmpty();
    }

    @Test
    void a_key_in_the_path_may_be_encoded() {
        String billingKey = issued(sandbox);
        assertThat(billingKey).endsWith("=");

        assertThat(delete(sandbox, billingKey.replace("=", "%3D")).status()).isEqualTo(200);
        assertRefused(delete(sandbox, billingKey), 400, "ALREADY_REMOVED_BILLING_KEY");
    }

    @ParameterizedTest
    @CsvSource({
        "ALREADY_REMOVED_BILLING_KEY, 400, ALREADY_REMOVED_BILLING_KEY",
        "NOT_FOUND_BILLING, 404, NOT_FOUND_BILLING",
        "OK, 200, ''"
    })
    void a_second_deletion_is_what_it_is_set_to(String setting, int status, String code) {
        try (RunningSandbox own =
                RunningSandbox.start("wonflow.sandbox.assumptions.second-billing-delete=" + setting)) {
            String billingKey = issued(own);
            delete(own, billingKey);

            Answer second = delete(own, billingKey);

            assertThat(second.status()).isEqualTo(status);
            assertThat(second.body()).contains(code);
            assertThat(own.get("/control/webhooks").json()).hasSize(1);
        }
    }

    @Test
    void of_many_deletions_at_once_exactly_one_is_the_first() throws Exception {
        String billingKey = issued(sandbox);
        Callable<Integer> deletion = () -> delete(sandbox, billingKey).status();

        List<Future<Integer>> answers;
        try (ExecutorService merchants = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = merchants.invokeAll(
                    Stream.generate(() -> deletion).limit(20).toList());
        }

        assertThat(answers.stream().map(Future::resultNow).filter(status -> status == 200))
                .hasSize(1);
        assertThat(about(billingKey, sandbox)).isEqualTo(1);
    }

    @Test
    void a_key_nobody_issued_is_not_found() {
        assertRefused(delete(sandbox, "nobody"), 404, "NOT_FOUND_BILLING");
    }

    @Test
    void a_key_of_another_merchant_is_not_found() {
        String billingKey = issued(sandbox);

        Answer deleted = sandbox.send(sandbox.request("/v1/billing/" + billingKey)
                .header("Authorization", RunningSandbox.basic(RunningSandbox.OTHER_SECRET_KEY))
                .DELETE());

        assertRefused(deleted, 404, "NOT_FOUND_BILLING");
        assertThat(delete(sandbox, billingKey).status()).isEqualTo(200);
    }

    @Test
    void toss_deletes_a_key_with_a_reason() {
        String billingKey = issued(sandbox);

        Answer deleted = sandbox.post("/control/billing/" + billingKey + "/delete", "{\"reason\": \"카드가 해지되었습니다.\"}");

        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.text("deletedAt")).isNotEmpty();
        assertThat(await(billingKey).json().at("/data/reason").asString()).isEqualTo("카드가 해지되었습니다.");
        assertRefused(delete(sandbox, billingKey), 400, "ALREADY_REMOVED_BILLING_KEY");
        assertThat(sandbox.post("/control/billing/nobody/delete", "{}").status())
                .isEqualTo(404);
    }

    private static String issued(RunningSandbox at) {
        String authKey = at.post("/control/billing/authorizations", "{\"customerKey\": \"customer-1\"}")
                .text("authKey");
        return at.post(
                        "/v1/billing/authorizations/issue",
                        "{\"authKey\": \"" + authKey + "\", \"customerKey\": \"customer-1\"}")
                .text("billingKey");
    }

    private static Answer delete(RunningSandbox at, String billingKey) {
        return at.send(at.toss("/v1/billing/" + billingKey).method("DELETE", HttpRequest.BodyPublishers.noBody()));
    }

    private Received await(String billingKey) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !about(billingKey).isEmpty());
        return about(billingKey).getFirst();
    }

    private List<Received> about(String billingKey) {
        return receiver.received("").stream()
                .filter(webhook -> webhook.body().contains(billingKey))
                .toList();
    }

    /** How many webhooks the delivery log has about a key. */
    private static long about(String billingKey, RunningSandbox at) {
        return at.get("/control/webhooks")
                .json()
                .valueStream()
                .filter(webhook -> webhook.path("body").asString().contains(billingKey))
                .count();
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("code")).isEqualTo(code);
    }
}
