package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.gateway.AuthKey;
import dev.wonflow.payment.gateway.BillingGateway;
import dev.wonflow.payment.gateway.IssueOutcome;
import dev.wonflow.payment.gateway.toss.TossStub;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.testsupport.access.TokenIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Billing keys that a merchant has brought along. */
@WithPaymentService
class ImportIT {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Driver driver;
    private final TossStub toss;
    private final JdbcClient jdbc;
    private final IdSource ids;
    private final BillingGateway gateway;
    private final String address;
    private final String tenant;
    private final String customerKey;

    @Autowired
    ImportIT(
            Driver driver,
            TossStub toss,
            JdbcClient jdbc,
            IdSource ids,
            BillingGateway gateway,
            Environment environment) {
        this.driver = driver;
        this.toss = toss;
        this.jdbc = jdbc;
        this.ids = ids;
        this.gateway = gateway;
        this.address = "http://127.0.0.1:" + environment.getRequiredProperty("local.server.port");
        this.tenant = "moved-in-" + ids.next();
        this.customerKey = "cus_" + ids.next();
    }

    @Test
    void key_that_was_brought_along_is_charged_shown_and_removed_as_any_other() {
        JsonNode answer = imported(false, line(issued(), "card-1"));

        assertThat(answer.path("imported").intValue()).isOne();
        String method = answer.at("/methods/0/billingMethodId").asString();
        assertThat(answer.at("/methods/0/reference").asString()).isEqualTo("card-1");
        UUID charge = ids.next();
        driver.sendCharge(charge, method, tenant, 29_000);
        await().atMost(Duration.ofSeconds(20)).until(() -> statusOf(charge), List.of("PAID")::equals);
        String token = TokenIssuer.shared().token(tenant, "tenant:billing", "tenant:billing:read");
        JsonNode shown =
                send("GET", token, "/api/billing-methods/" + method, "").body();
        assertThat(shown.path("number").asString()).isEqualTo("94100012****789*");
        assertThat(send("POST", token, "/api/billing-methods/toss/window", "{}")
                        .body()
                        .path("customerKey")
                        .asString())
                .as("windows opened later")
                .isEqualTo(customerKey);
        assertThat(jdbc.sql("SELECT action || ' by ' || subject FROM audit_entry WHERE object = ?")
                        .param(method)
                        .query(String.class)
                        .list())
                .containsExactly("billing.import by kim");
    }

    @Test
    void second_import_of_the_same_lines_changes_nothing_and_answers_the_same_methods() {
        String lines = line(issued(), "card-1") + line(issued(), "card-2");
        JsonNode first = imported(false, lines);

        JsonNode again = imported(false, lines);

        assertThat(first.path("imported").intValue()).isEqualTo(2);
        assertThat(again.path("imported").intValue()).isZero();
        assertThat(again.path("alreadyThere").intValue()).isEqualTo(2);
        assertThat(again.path("methods"))
                .extracting(method -> method.path("billingMethodId").asString())
                .isEqualTo(first.path("methods")
                        .valueStream()
                        .map(method -> method.path("billingMethodId").asString())
                        .toList());
        assertThat(methods()).isEqualTo(2);
    }

    @Test
    void dry_run_says_what_would_be_and_keeps_nothing() {
        String lines = line(issued(), "card-1") + "{\"tenantId\":\"" + tenant + "\"}\n";

        JsonNode dry = imported(true, lines);

        assertThat(dry.path("dryRun").booleanValue()).isTrue();
        assertThat(dry.path("imported").intValue()).isOne();
        assertThat(dry.at("/methods/0/billingMethodId").isNull()).isTrue();
        assertThat(dry.path("errors"))
                .containsExactly(
                        JSON.valueToTree(Map.of("line", 2, "problem", "customerKey: missing (expected: text)")));
        assertThat(methods()).isZero();
        assertThat(jdbc.sql("SELECT count(*) FROM billing_customer WHERE tenant_id = ?")
                        .param(tenant)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void each_wrong_line_is_told_with_its_number_and_the_others_are_taken() {
        String key = issued();
        String taken = line(key, "card-1");
        String lines = String.join(
                "",
                "not JSON\n",
                taken,
                taken.replace(tenant, tenant + "-2").replace(customerKey, customerKey + "-2"),
                taken.replace(customerKey, customerKey + "-2"),
                taken.replace(key, issued()).replace(tenant, tenant + "-3"),
                taken.replace(key, issued()).replace("94100012****789*", "9410001234567890"),
                taken.replace("\"billingKey\"", "\"billing\""),
                taken.replace(customerKey, "c"),
                taken.replace(tenant, " "),
                taken);

        JsonNode answer = imported(false, lines);

        assertThat(answer.path("errors"))
                .extracting(error -> error.path("line").intValue() + " "
                        + error.path("problem").asString())
                .containsExactly(
                        "1 not readable at column 1 (expected: one JSON document in UTF-8, no member twice)",
                        "3 billingKey: another tenant's already (expected: one of this tenant)",
                        "4 customerKey: another than before (expected: the one the key was issued for)",
                        "5 customerKey: another tenant's (expected: one that only this tenant has)",
                        "6 number: not masked (expected: as Toss shows it, such as 94100012****789*)",
                        "7 billingKey: missing (expected: text)",
                        "8 customerKey: 1 character (expected: 2 to 300)",
                        "9 tenant: blank (expected: text of 1 to 100 characters)");
        assertThat(answer.path("methods"))
                .extracting(method -> method.path("line").intValue() + " "
                        + method.path("alreadyThere").booleanValue())
                .containsExactly("2 false", "10 true");
        assertThat(answer.path("lines").intValue()).isEqualTo(10);
        assertThat(answer.toString()).doesNotContain(key);
        assertThat(methods()).isOne();
    }

    @Test
    void key_that_was_removed_here_is_not_taken_again() {
        String line = line(issued(), "card-1");
        String method = imported(false, line).at("/methods/0/billingMethodId").asString();
        String token = TokenIssuer.shared().token(tenant, "tenant:billing", "tenant:billing:read");
        assertThat(send("DELETE", token, "/api/billing-methods/" + method, "").status())
                .isEqualTo(204);

        assertThat(imported(false, line).at("/errors/0/problem").asString())
                .isEqualTo("billingKey: removed here (expected: one that may be charged)");
    }

    @Test
    void request_that_cannot_be_one_is_refused_as_a_whole() {
        String token = operator();

        assertThat(send("POST", token, "/api/billing-methods/import", " \n")
                        .body()
                        .path("detail")
                        .asString())
                .isEqualTo("body: empty (expected: a JSON object in each line)");
        assertThat(send("POST", token, "/api/billing-methods/import?dryRun=yes", line(issued(), "card-1"))
                        .body()
                        .path("detail")
                        .asString())
                .isEqualTo("dryRun: another word (expected: true or false)");
        assertThat(methods()).isZero();
    }

    private JsonNode imported(boolean dryRun, String lines) {
        Answer answer = send("POST", operator(), "/api/billing-methods/import?dryRun=" + dryRun, lines);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    private record Answer(int status, JsonNode body) {}

    private Answer send(String method, String token, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", path.contains("/import") ? "application/x-ndjson" : "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
        return new Answer(answer.statusCode(), JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body()));
    }

    private static String operator() {
        return TokenIssuer.shared()
                .token()
                .with("sub", "kim")
                .permissions("operator:import")
                .signed();
    }

    /** A key that Toss has issued without our being asked. */
    private String issued() {
        IssueOutcome outcome = gateway.issue(new AuthKey(toss.agreed(customerKey)), customerKey);
        return ((IssueOutcome.Issued) outcome).key().value();
    }

    private String line(String billingKey, String reference) {
        return """
            {"reference":"%s","tenantId":"%s","customerKey":"%s","billingKey":"%s","method":"카드","issuer":"21",\
            "number":"94100012****789*","cardType":"신용"}
            """.formatted(reference, tenant, customerKey, billingKey);
    }

    private long methods() {
        return jdbc.sql("SELECT count(*) FROM billing_method WHERE tenant_id LIKE ? || '%'")
                .param(tenant)
                .query(Long.class)
                .single();
    }

    private List<String> statusOf(UUID charge) {
        return jdbc.sql("SELECT status FROM charge WHERE id = ?")
                .param(charge)
                .query((row, _) -> row.getString("status"))
                .list();
    }
}
