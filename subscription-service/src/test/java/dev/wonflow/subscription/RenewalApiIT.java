package dev.wonflow.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.subscription.subscription.ParkingReason;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.testsupport.access.TokenIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators and tenants see of renewals and of what is overdue, over HTTP. */
@WithRenewals
class RenewalApiIT {

    private static final JsonMapper JSON = new JsonMapper();

    private static final String POLICY = """
        {"daysBetweenAttempts": [2, 4], "quietHours": "22:00-08:00", "maintenance": ["23:30-00:30"], "graceDays": 3,
         "restrictedDays": 4, "suspendedDays": 5, "finalAction": "stay_suspended"}
        """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final RenewalWorld world;
    private final int port;

    @Autowired
    RenewalApiIT(RenewalWorld world, @Value("${local.server.port}") int port) {
        this.world = world;
        this.port = port;
    }

    @BeforeEach
    void startEmpty() {
        world.startEmpty();
    }

    record Answer(int status, JsonNode body) {

        String text(String field) {
            return body.path(field).asString("");
        }
    }

    @Test
    void operator_sees_how_far_a_run_has_come_and_stops_and_resumes_it() {
        world.due(RenewalWorld.tenants(120));
        world.renew();
        world.clock.advance(Duration.ofSeconds(30));
        world.answer(asked -> asked.tenant().endsWith("3") ? world.declined(asked) : world.paid(asked));

        JsonNode run = operator("GET", "/api/renewals", null).body().path("run");
        assertThat(run.path("due").asInt()).isEqualTo(120);
        assertThat(run.path("done").asInt()).isEqualTo(45);
        assertThat(run.path("failed").asInt()).isEqualTo(5);
        assertThat(run.path("remaining").asInt()).isEqualTo(70);
        assertThat(run.path("perMinute").asInt()).isEqualTo(100);
        assertThat(run.path("estimatedEnd").asString())
                .isEqualTo(RenewalWorld.NOON.plusSeconds(30 + 42).toString());

        Answer paused = operator(
                "POST", "/api/renewals/pause", "{\"reason\": \"operator_sees: card company reports an outage\"}");
        assertThat(paused.status()).isEqualTo(200);
        assertThat(paused.text("state")).isEqualTo("paused");
        Answer stopped = operator("GET", "/api/renewals", null);
        assertThat(stopped.text("reason")).isEqualTo("operator_sees: card company reports an outage");
        assertThat(stopped.body().path("run").path("estimatedEnd").isNull())
                .as("what is stopped has no end in sight")
                .isTrue();
        assertThat(operator("POST", "/api/renewals/resume", "{\"reason\": \"operator_sees: over\"}")
                        .text("state"))
                .isEqualTo("on");
        assertThat(world.jdbc
                        .sql(
                                "SELECT action || ' ' || why FROM audit_entry WHERE why LIKE 'operator_sees:%' ORDER BY id")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "renewals.pause operator_sees: card company reports an outage",
                        "renewals.resume operator_sees: over");

        Answer speechless = operator("POST", "/api/renewals/pause", "{}");
        assertThat(speechless.status()).isEqualTo(400);
        assertThat(speechless.text("detail")).isEqualTo("reason: missing (expected: text of 1 to 500 characters)");
    }

    @Test
    void parked_subscription_is_listed_with_its_reason_and_released() {
        Subscription due = world.due("acme");
        Instant tomorrow = world.clock.instant().plus(Duration.ofDays(1));
        world.change(due.id(), subscription -> subscription.pauseScheduled(tomorrow, world.clock.instant()));
        world.change(due.id(), subscription -> subscription.methodRemoved(world.clock.instant()));
        world.renew();
        world.after(Duration.ofDays(1));

        JsonNode parked = operator("GET", "/api/renewals/parked", null).body().path("data");
        assertThat(parked).hasSize(1);
        assertThat(parked.get(0).path("reason").asString()).isEqualTo("no_method");

        assertThat(operator("POST", "/api/renewals/parked/" + due.id() + "/release", null)
                        .status())
                .isEqualTo(200);
        Answer again = operator("POST", "/api/renewals/parked/" + due.id() + "/release", null);
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.text("code")).isEqualTo("renewal.not-parked");
        // It still is not safe.
        world.renew();
        assertThat(operator("GET", "/api/renewals/parked", null).body().path("data"))
                .hasSize(1);
    }

    @Test
    void however_many_are_parked_all_are_listed_page_by_page() {
        List<String> parked = new ArrayList<>();
        for (String tenant : List.of("acme", "globex", "initech")) {
            Subscription due = world.due(tenant);
            world.change(due.id(), before -> before.parked(ParkingReason.OVERDUE_BY_A_PERIOD, world.clock.instant()));
            parked.add(due.id().toString());
        }

        JsonNode first = operator("GET", "/api/renewals/parked?limit=2", null).body();
        JsonNode second = operator(
                        "GET",
                        "/api/renewals/parked?limit=2&cursor="
                                + first.path("next").asString(),
                        null)
                .body();

        assertThat(first.path("data")).hasSize(2);
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(Stream.of(first, second)
                        .flatMap(page -> page.path("data").findValuesAsString("subscriptionId").stream()))
                .containsExactlyInAnyOrderElementsOf(parked);
    }

    @Test
    void tenant_sees_what_is_overdue_and_has_it_tried_at_once() {
        world.due("acme");
        world.renew();
        world.answer(world::declined);
        world.dun();

        JsonNode overdue = tenant("acme", "GET", "/api/invoices/overdue").body().path("data");
        assertThat(overdue).hasSize(1);
        String invoice = overdue.get(0).path("invoiceId").asString();
        assertThat(overdue.get(0).path("stage").asString()).isEqualTo("grace");
        assertThat(tenant("globex", "GET", "/api/invoices/overdue").body().path("data"))
                .isEmpty();
        assertThat(tenant("globex", "POST", "/api/invoices/" + invoice + "/pay-now")
                        .text("code"))
                .isEqualTo("invoice.not-overdue");

        assertThat(tenant("acme", "POST", "/api/invoices/" + invoice + "/pay-now")
                        .status())
                .isEqualTo(202);
        world.dun();
        assertThat(world.asked())
                .singleElement()
                .satisfies(asked -> assertThat(asked.occasion()).isEqualTo("ASKED"));
        world.answer(world::paid);

        assertThat(tenant("acme", "POST", "/api/invoices/" + invoice + "/pay-now")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void policy_is_set_for_all_and_for_one_tenant_and_removed() {
        String mine = "/api/dunning-policies/tenants/acme";
        assertThat(operator("GET", mine, null).body().path("daysBetweenAttempts"))
                .hasSize(4);

        assertThat(operator("PUT", mine, POLICY).body()).isEqualTo(JSON.readTree(POLICY));
        assertThat(operator("GET", mine, null).body()).isEqualTo(JSON.readTree(POLICY));
        assertThat(operator("GET", "/api/dunning-policies/default", null).text("finalAction"))
                .isEqualTo("cancel");
        assertThat(operator("PUT", "/api/dunning-policies/default", POLICY).status())
                .isEqualTo(200);

        assertThat(operator("DELETE", mine, null).status()).isEqualTo(204);
        assertThat(operator("DELETE", mine, null).text("code")).isEqualTo("dunning.policy-not-found");
        assertThat(operator("GET", mine, null).text("finalAction")).isEqualTo("stay_suspended");
    }

    @Test
    void policy_that_means_nothing_is_refused_with_what_was_expected() {
        for (List<String> wrong : List.of(
                List.of("\"graceDays\": 3", "\"graceDays\": 366", "graceDays: 366 (expected: 0 to 365)"),
                List.of(
                        "22:00-08:00",
                        "22:00",
                        "quietHours: 22:00 (expected: two different times, such as 23:30-00:30)"),
                List.of(
                        "22:00-08:00",
                        "22:00-22:00",
                        "quietHours: 22:00-22:00 (expected: two different times, such as 23:30-00:30)"),
                List.of("[2, 4]", "[null]", "daysBetweenAttempts[0]: of another kind (expected: a whole number)"),
                List.of("[2, 4]", "[0]", "daysBetweenAttempts: [0] (expected: at most 20, each 1 to 60)"),
                List.of("stay_suspended", "wait", "finalAction: another word (expected: cancel or stay_suspended)"))) {
            Answer refused =
                    operator("PUT", "/api/dunning-policies/default", POLICY.replace(wrong.get(0), wrong.get(1)));

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text("code")).isEqualTo("request.invalid");
            assertThat(refused.text("detail")).isEqualTo(wrong.get(2));
        }
    }

    private Answer operator(String method, String path, @Nullable String body) {
        return send(method, path, body, TokenIssuer.shared().token("acme", "operator:renewals"));
    }

    private Answer tenant(String tenant, String method, String path) {
        return send(method, path, null, TokenIssuer.shared().token(tenant, "tenant:billing", "tenant:billing:read"));
    }

    private Answer send(String method, String path, @Nullable String body, String token) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
            return new Answer(answer.statusCode(), JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
