package dev.wonflow.subscription.testclock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.runtime.MovableClockAutoConfiguration;
import dev.wonflow.runtime.RuntimeAutoConfiguration;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.renewal.Renewals;
import dev.wonflow.subscription.renewal.RunRenewals;
import dev.wonflow.subscription.subscription.Period;
import dev.wonflow.subscription.subscription.StoreSubscriptions;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.Subscriptions;
import dev.wonflow.subscription.subscription.Terms;
import dev.wonflow.testsupport.server.RealServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tenants are moved over HTTP, and stay where they were moved to after the next start. */
@RealServers
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "wonflow.clock.movable=true",
            // What is due is looked for here, and by nobody else.
            "wonflow.renewal.enabled=false",
            "management.endpoints.web.exposure.include=health,clock,tenantclock"
        })
class TestClockIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration DAYS_45 = Duration.ofDays(45);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String endpoint;
    private final TenantClocks clocks;
    private final TenantDistances distances;
    private final Clock clock;
    private final JdbcClient jdbc;
    private final Subscriptions subscriptions;
    private final StoreSubscriptions storeSubscriptions;
    private final Renewals renewals;
    private final RunRenewals run;
    private final TransactionOperations transaction;
    private final IdSource ids;
    private TenantId tenant = new TenantId("none yet");

    @Autowired
    TestClockIT(
            @Value("${local.management.port}") int port,
            TenantClocks clocks,
            TenantDistances distances,
            Clock clock,
            JdbcClient jdbc,
            Subscriptions subscriptions,
            StoreSubscriptions storeSubscriptions,
            Renewals renewals,
            RunRenewals run,
            TransactionOperations transaction,
            IdSource ids) {
        this.endpoint = "http://127.0.0.1:" + port + "/actuator/tenantclock";
        this.clocks = clocks;
        this.distances = distances;
        this.clock = clock;
        this.jdbc = jdbc;
        this.subscriptions = subscriptions;
        this.storeSubscriptions = storeSubscriptions;
        this.renewals = renewals;
        this.run = run;
        this.transaction = transaction;
        this.ids = ids;
    }

    @BeforeEach
    void nameTheTenant() {
        tenant = new TenantId("tenant-" + clock.instant().toEpochMilli() + "-"
                + clocks.moved().size());
    }

    @Test
    void tenant_is_moved_and_others_stay() throws Exception {
        JsonNode moved = move("P45D", 200);

        assertThat(moved.path("ahead").asString()).isEqualTo("PT1080H");
        assertThat(Instant.parse(moved.path("now").asString()))
                .isCloseTo(clock.instant().plus(DAYS_45), within(1, ChronoUnit.MINUTES));
        assertThat(Duration.between(clock.instant(), clocks.now(tenant))).isCloseTo(DAYS_45, Duration.ofSeconds(5));
        assertThat(clocks.now(new TenantId("another"))).isCloseTo(clock.instant(), within(5, ChronoUnit.SECONDS));
        assertThat(JSON.readTree(get("")).path(tenant.value()).asString()).isEqualTo("PT1080H");
    }

    @Test
    void time_runs_forward_and_the_refusal_says_from_where() throws Exception {
        JsonNode _ = move("P45D", 200);

        assertThat(move("P44D", 400).toString()).contains("a tenant's time runs forward");
        assertThat(distances.all().get(tenant)).isEqualTo(DAYS_45);
    }

    @Test
    void next_start_finds_the_tenant_where_it_was_moved_to() throws Exception {
        JsonNode _ = move("PT1080H0.123S", 200);

        started("wonflow.clock.movable=true")
                .run(next -> assertThat(next.getBean(TenantClocks.class).moved())
                        .containsEntry(tenant, DAYS_45.plusMillis(123)));
    }

    @Test
    void where_the_clock_cannot_be_moved_what_is_kept_moves_nobody() throws Exception {
        JsonNode _ = move("P45D", 200);

        started("wonflow.clock.movable=false").run(production -> {
            assertThat(production.getBean(TenantClocks.class).moved()).isEmpty();
            assertThat(production.getBean(TenantClocks.class).of(tenant)).isSameAs(production.getBean(Clock.class));
        });
    }

    @Test
    void move_that_cannot_be_kept_is_none() throws Exception {
        jdbc.sql("ALTER TABLE tenant_clock ADD CONSTRAINT full_table CHECK (tenant_id <> '" + tenant + "')")
                .update();
        try {
            assertThat(send("P45D").statusCode()).isEqualTo(500);
        } finally {
            jdbc.sql("ALTER TABLE tenant_clock DROP CONSTRAINT full_table").update();
        }

        assertThat(clocks.moved()).doesNotContainKey(tenant);
    }

    @Test
    void what_is_due_for_a_moved_tenant_is_claimed_and_for_others_it_is_not() throws Exception {
        TenantId other = new TenantId(tenant + "-other");
        Instant due = clock.instant().plus(Duration.ofDays(40)).truncatedTo(ChronoUnit.MICROS);
        SubscriptionId acme = aSubscription(tenant, due);
        SubscriptionId globex = aSubscription(other, due);
        assertThat(claimed()).doesNotContain(acme, globex);
        assertThat(agenda()).isEqualTo("0 " + due);

        JsonNode _ = move("P39D", 200);
        assertThat(claimed()).doesNotContain(acme, globex);
        long before = renewals.countDue(clock.instant());

        JsonNode _ = move("P41D", 200);
        assertThat(claimed()).contains(acme).doesNotContain(globex);
        assertThat(renewals.countDue(clock.instant()))
                .as("what remains to be done")
                .isEqualTo(before + 1);
        while (run.step() instanceof RunRenewals.Step.Claimed) {}
        assertThat(agenda()).isEqualTo("1 null");
    }

    private List<SubscriptionId> claimed() {
        return transaction.execute(_ -> subscriptions.claimDue(clock.instant(), 1_000).stream()
                .map(Subscription::id)
                .toList());
    }

    private String agenda() throws Exception {
        JsonNode reading = JSON.readTree(get("/" + tenant));
        JsonNode next = reading.path("next");
        return reading.path("underWay").intValue() + " " + (next.isNull() ? null : next.asString());
    }

    private SubscriptionId aSubscription(TenantId owner, Instant due) {
        SubscriptionId id = new SubscriptionId(ids.next());
        Plan plan = Plan.monthly("basic", "Basic", Money.ofWon(9_900));
        Instant start = due.minus(Duration.ofDays(30));
        transaction.executeWithoutResult(_ -> storeSubscriptions.store(Subscription.imported(
                id,
                owner,
                plan,
                new Terms("basic", 1, 1),
                ids.next(),
                Subscription.SEOUL,
                start,
                new Period(0, start, due, plan.price()),
                false,
                clock.instant())));
        return id;
    }

    private ApplicationContextRunner started(String movable) {
        return new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(MovableClockAutoConfiguration.class, RuntimeAutoConfiguration.class))
                .withPropertyValues(movable, "server.address=127.0.0.1")
                .withBean(TenantDistances.class, () -> distances)
                .withBean(RememberTenantClocks.class);
    }

    private JsonNode move(String ahead, int status) throws Exception {
        HttpResponse<String> answer = send(ahead);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> send(String ahead) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(endpoint + "/" + tenant))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(Map.of("ahead", ahead))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String get(String path) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create(endpoint + path)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
