package dev.wonflow.subscription.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.subscription.CollectionMode;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionStatus;
import dev.wonflow.subscription.subscription.Subscriptions;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.access.TokenIssuer;
import dev.wonflow.testsupport.server.RealServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Subscriptions that a merchant has brought along. */
@RealServers
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ImportIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant NOW = Instant.parse("2026-02-10T03:00:00Z");
    private static final String ANCHOR = "2025-01-31T12:00:00+09:00";
    private static final String PAID_UNTIL = "2026-02-28T12:00:00+09:00";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;
    private final Subscriptions subscriptions;
    private final JdbcClient jdbc;
    private final IdSource ids;
    private final TenantId tenant;
    private final UUID method;

    @Autowired
    ImportIT(@Value("${local.server.port}") int port, Subscriptions subscriptions, JdbcClient jdbc, IdSource ids) {
        this.address = "http://127.0.0.1:" + port + "/api/subscriptions/import";
        this.subscriptions = subscriptions;
        this.jdbc = jdbc;
        this.ids = ids;
        this.tenant = new TenantId("moved-in-" + ids.next());
        this.method = aMethod(tenant, ids.next());
    }

    @TestConfiguration
    static class Surroundings {

        @Bean
        MutableClock clock() {
            return new MutableClock(NOW);
        }
    }

    @Test
    void subscription_goes_on_with_what_is_paid_for_and_is_charged_when_that_ends() throws Exception {
        JsonNode answer = imported(false, line("sub-1", ""));

        assertThat(answer.path("imported").intValue()).isOne();
        assertThat(answer.at("/subscriptions/0/reference").asString()).isEqualTo("sub-1");
        assertThat(answer.at("/subscriptions/0/nextChargeAt").asString()).isEqualTo("2026-02-28T03:00:00Z");
        Subscription taken = subscriptions.find(tenant, "default").orElseThrow();
        assertThat(taken.id())
                .hasToString(answer.at("/subscriptions/0/subscriptionId").asString());
        assertThat(taken.status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(taken.collection()).isEqualTo(CollectionMode.AUTOMATIC);
        assertThat(taken.billingMethodId()).isEqualTo(method);
        assertThat(taken.terms().plan()).isEqualTo("team");
        assertThat(taken.period().number())
                .as("31 January 2025 began the first, 31 January 2026 the 13th")
                .isEqualTo(12);
        assertThat(taken.period().start()).isEqualTo(Instant.parse("2026-01-31T03:00:00Z"));
        assertThat(taken.planExpiresAt()).isEqualTo(Instant.parse("2026-02-28T03:00:00Z"));
        assertThat(taken.dueAt()).isEqualTo(taken.planExpiresAt());
        assertThat(taken.anchor()).isEqualTo(Instant.parse("2025-01-31T03:00:00Z"));
        assertThat(jdbc.sql("SELECT action || ' by ' || subject FROM audit_entry WHERE object = ?")
                        .param(taken.id().toString())
                        .query(String.class)
                        .list())
                .containsExactly("subscription.import by kim");
    }

    @Test
    void trial_goes_on_and_one_that_was_to_end_ends() throws Exception {
        JsonNode answer = imported(
                false, line("trial", "").replace("\"anchorAt\":\"" + ANCHOR + "\",\"paidUntil\"", "\"trialEndsAt\""));
        assertThat(answer.path("errors")).isEmpty();
        Subscription trial = subscriptions.find(tenant, "default").orElseThrow();
        assertThat(trial.status()).isEqualTo(SubscriptionStatus.TRIALING);
        assertThat(trial.trialEndsAt()).isEqualTo(Instant.parse("2026-02-28T03:00:00Z"));

        TenantId other = new TenantId(tenant + "-2");
        JsonNode ending = imported(
                false,
                line("ends", ",\"endsThen\":true,\"zone\":\"Europe/Berlin\"")
                        .replace(tenant + "\"", other + "\"")
                        .replace(method.toString(), aMethod(other, ids.next()).toString())
                        .replace(PAID_UNTIL, "2026-02-28T04:00:00+01:00"));
        assertThat(ending.path("errors")).isEmpty();
        Subscription ends = subscriptions.find(other, "default").orElseThrow();
        assertThat(ends.cancelAt()).isEqualTo(Instant.parse("2026-02-28T03:00:00Z"));
        assertThat(ends.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    }

    @Test
    void second_import_of_the_same_lines_changes_nothing() throws Exception {
        JsonNode first = imported(false, line("sub-1", ""));

        JsonNode again = imported(false, line("sub-1", ""));

        assertThat(again.path("imported").intValue()).isZero();
        assertThat(again.path("alreadyThere").intValue()).isOne();
        assertThat(again.at("/subscriptions/0/subscriptionId")).isEqualTo(first.at("/subscriptions/0/subscriptionId"));
        assertThat(subscriptions.find(tenant, "default").orElseThrow().version())
                .isEqualTo(1);
    }

    @Test
    void dry_run_says_what_would_be_and_keeps_nothing() throws Exception {
        JsonNode dry = imported(true, line("sub-1", "") + line("sub-2", ",\"quantity\":0"));

        assertThat(dry.path("dryRun").booleanValue()).isTrue();
        assertThat(dry.path("imported").intValue()).isOne();
        assertThat(dry.at("/subscriptions/0/subscriptionId").isNull()).isTrue();
        assertThat(dry.path("errors"))
                .containsExactly(
                        JSON.valueToTree(Map.of("line", 2, "problem", "quantity: 0 (expected: 1 to 1000000)")));
        assertThat(subscriptions.ofTenant(tenant)).isEmpty();
        assertThat(jdbc.sql("SELECT count(*) FROM audit_entry WHERE after ->> 'tenant' = ?")
                        .param(tenant.value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void each_wrong_line_is_told_with_its_number_and_the_others_are_taken() throws Exception {
        String good = line("sub-1", "");
        String lines = String.join(
                "",
                "{\n",
                good.replace("\"team\"", "\"gold\""),
                good.replace(method.toString(), "019b8c18-e380-73c4-af0b-6d4c8e91a0ff"),
                good.replace(PAID_UNTIL, "2026-02-27T12:00:00+09:00"),
                good.replace(PAID_UNTIL, "2026-01-31T12:00:00+09:00"),
                good.replace(ANCHOR, "1925-01-31T12:00:00+09:00"),
                good.replace("\"paidUntil\"", "\"until\""),
                line("sub-1", ",\"zone\":\"Seoul\""),
                line("sub-1", ",\"planVersion\":9"),
                good.replace("\"billingMethodId\":\"" + method, "\"billingMethodId\":\"card-1"),
                good,
                good);

        JsonNode answer = imported(false, lines);

        assertThat(answer.path("errors"))
                .extracting(error -> error.path("line").intValue() + " "
                        + error.path("problem").asString())
                .containsExactly(
                        "1 not readable at column 2 (expected: one JSON document in UTF-8, no member twice)",
                        "2 plan: gold (expected: one of the catalogue)",
                        "3 billingMethodId: 019b8c18-e380-73c4-af0b-6d4c8e91a0ff"
                                + " (expected: a method of this tenant; one that was just imported takes some seconds)",
                        "4 paidUntil: 2026-02-27T03:00:00Z (expected: a beginning of a period counted from anchorAt,"
                                + " such as 2026-02-28T03:00:00Z)",
                        "5 paidUntil: 2026-01-31T03:00:00Z (expected: later than now; charge what is due where you do it"
                                + " today)",
                        "6 anchorAt: 1925-01-31T03:00:00Z (expected: before paidUntil, and in the last 20 years)",
                        "7 anchorAt, paidUntil and trialEndsAt: missing, or a part"
                                + " (expected: anchorAt and paidUntil, or trialEndsAt alone)",
                        "8 zone: unknown (expected: a name such as Asia/Seoul)",
                        "9 plan: team, version 9 (expected: one of the catalogue)",
                        "10 billingMethodId: of another kind (expected: a UUID such as 019b8c18-e380-73c4-af0b-6d4c8e91a001)",
                        "12 tenantId: another line has its subscription to default (expected: one)");
        assertThat(answer.path("subscriptions"))
                .extracting(taken -> taken.path("line").intValue())
                .containsExactly(11);
        assertThat(subscriptions.ofTenant(tenant)).hasSize(1);
        assertThat(imported(false, line("sub-1", ",\"quantity\":2"))
                        .at("/errors/0/problem")
                        .asString())
                .isEqualTo("tenantId: a subscription to default is there already (expected: none, or the same)");
    }

    private JsonNode imported(boolean dryRun, String lines) throws Exception {
        String token = TokenIssuer.shared()
                .token()
                .with("sub", "kim")
                .permissions("operator:import")
                .signed();
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(address + "?dryRun=" + dryRun))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.ofString(lines))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private String line(String reference, String more) {
        return """
            {"reference":"%s","tenantId":"%s","plan":"team","billingMethodId":"%s","anchorAt":"%s","paidUntil":"%s"%s}
            """.formatted(reference, tenant, method, ANCHOR, PAID_UNTIL, more);
    }

    private UUID aMethod(TenantId owner, UUID id) {
        jdbc.sql("INSERT INTO billing_method (id, tenant_id, registered_at) VALUES (:id, :tenant, :at)")
                .params(Map.of("id", id, "tenant", owner.value(), "at", NOW.atOffset(ZoneOffset.UTC)))
                .update();
        return id;
    }
}
