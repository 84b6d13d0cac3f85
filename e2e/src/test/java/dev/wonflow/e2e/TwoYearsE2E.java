package dev.wonflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * Two years of one tenant through the real stack: 24 periods from a 31st on over a leap day, three declines that the
 * next day puts right, and one upgrade in the middle of a period; each invoice and each charge at Toss is what a
 * formula says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("F11")
class TwoYearsE2E {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final String TENANT = ShopTokens.GLOBEX;
    private static final String OTHER = ShopTokens.ACME;
    private static final int PERIODS = 24;
    private static final long TEAM = 29_000;
    private static final long PRO = 59_000;

    /** Periods whose charge is declined first. */
    private static final List<Integer> DECLINED = List.of(3, 12, 18);

    /** Period in which the tenant takes the larger plan, and days into it. */
    private static final int UPGRADED = 9;

    private static final int DAYS_IN = 11;

    /** What the machine may take for a moment that is the same by the tenant's clock. */
    private static final Duration MOMENT = Duration.ofMinutes(2);

    private Stack stack;
    private Http http;

    @BeforeAll
    void start() {
        stack = Stack.upAnew("two-years");
        http = new Http(stack);
    }

    @AfterAll
    void stop() {
        if (stack != null) {
            stack.close();
        }
    }

    /** What a formula says of an invoice; {@code paid} is when its charge should be made. */
    private record Expected(String kind, int period, String plan, long won, Instant start, Instant end, Instant paid) {}

    @Test
    void f11_two_years_of_a_tenant_are_charged_as_a_formula_says_in_less_than_a_minute() {
        clock("to", thirtyFirstBeforeALeapDay() + "T12:00");
        subscribe(OTHER);
        long begun = System.nanoTime();
        subscribe(TENANT);
        Instant anchor =
                Instant.parse(invoices(TENANT).getFirst().path("periodStart").asString());

        for (int period = 1; period < PERIODS; period++) {
            if (DECLINED.contains(period)) {
                clock("to", start(anchor, period).minus(Duration.ofHours(1)).toString());
                declineTheNextCharge();
            } else if (period == UPGRADED + 1) {
                clock(
                        "to",
                        start(anchor, UPGRADED).plus(Duration.ofDays(DAYS_IN)).toString());
                upgrade();
            }
        }
        clock("to", start(anchor, PERIODS - 1).plus(Duration.ofDays(1)).toString());
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        List<JsonNode> invoices = invoices(TENANT);
        Instant upgradedAt = Instant.parse(invoices.stream()
                .filter(invoice -> invoice.path("kind").asString().equals("change"))
                .findFirst()
                .orElseThrow()
                .path("issuedAt")
                .asString());
        List<Expected> expected = expected(anchor, upgradedAt);
        assertThat(invoices).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertInvoice(invoices.get(i), expected.get(i));
        }
        assertThat(invoices.stream()
                        .map(invoice -> invoice.path("receiptNumber").asString())
                        .distinct())
                .as("receipts")
                .hasSize(expected.size());
        assertToss(expected);
        assertThat(took).isLessThan(Duration.ofMinutes(1));
        assertOtherStayed();
    }

    private List<Expected> expected(Instant anchor, Instant upgradedAt) {
        Stream<Expected> periods = IntStream.range(0, PERIODS).mapToObj(period -> {
            boolean pro = period > UPGRADED;
            Instant start = start(anchor, period);
            return new Expected(
                    "period",
                    period,
                    pro ? "pro" : "team",
                    pro ? PRO : TEAM,
                    start,
                    start(anchor, period + 1),
                    DECLINED.contains(period) ? start.plus(Duration.ofDays(1)) : start);
        });
        Instant start = start(anchor, UPGRADED);
        Instant end = start(anchor, UPGRADED + 1);
        long change = part(PRO, start, end, upgradedAt) - part(TEAM, start, end, upgradedAt);
        Expected upgrade = new Expected("change", UPGRADED, "pro", change, upgradedAt, end, upgradedAt);
        return Stream.concat(periods, Stream.of(upgrade))
                .sorted(Comparator.comparing(Expected::paid))
                .toList();
    }

    /** The n-th month after the anchor's, on the anchor's day or the last one there is, at the same time of day. */
    private static Instant start(Instant anchor, int period) {
        ZonedDateTime first = anchor.atZone(SEOUL);
        int months = first.getYear() * 12 + first.getMonthValue() - 1 + period;
        YearMonth month = YearMonth.of(months / 12, months % 12 + 1);
        int day = Math.min(first.getDayOfMonth(), month.lengthOfMonth());
        return ZonedDateTime.of(month.atDay(day), first.toLocalTime(), SEOUL).toInstant();
    }

    /** What the time that is left of a period is worth, to the won, half up. */
    private static long part(long won, Instant start, Instant end, Instant from) {
        return BigDecimal.valueOf(won)
                .multiply(BigDecimal.valueOf(Duration.between(from, end).toSeconds()))
                .divide(BigDecimal.valueOf(Duration.between(start, end).toSeconds()), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    /** The first one to come that has a 29 February in the two years after it. */
    private LocalDate thirtyFirstBeforeALeapDay() {
        Instant now = Instant.parse(http.get(stack.sandbox() + "/control/clock").text("now"));
        int year = now.plus(Duration.ofDays(1)).atZone(SEOUL).getYear() + 1;
        while (!Year.isLeap(year) && !Year.isLeap(year + 1L)) {
            year++;
        }
        return LocalDate.of(year, 1, 31);
    }

    private void assertInvoice(JsonNode invoice, Expected expected) {
        assertThat(List.of(
                        invoice.path("kind").asString(),
                        invoice.path("periodNumber").asInt(),
                        invoice.path("plan").asString(),
                        invoice.path("amount").asLong(),
                        invoice.path("periodStart").asString(),
                        invoice.path("periodEnd").asString(),
                        invoice.path("status").asString()))
                .as(invoice.toString())
                .isEqualTo(List.of(
                        expected.kind(),
                        expected.period(),
                        expected.plan(),
                        expected.won(),
                        expected.start().toString(),
                        expected.end().toString(),
                        "paid"));
        assertThat(invoice.path("vat").asLong())
                .isEqualTo(BigDecimal.valueOf(expected.won())
                        .divide(BigDecimal.valueOf(11), 0, RoundingMode.HALF_UP)
                        .longValueExact());
        assertThat(Instant.parse(invoice.path("paidAt").asString()))
                .as("paid: %s", invoice)
                .isBetween(expected.paid().minusSeconds(1), expected.paid().plus(MOMENT));
    }

    /** Toss has taken each sum once, at its time, and refused three times. */
    private void assertToss(List<Expected> expected) {
        String customer = customerKey(TENANT);
        List<JsonNode> charges = new ArrayList<>();
        for (JsonNode transaction : http.get(stack.sandbox()
                        + "/v1/transactions?startDate=2020-01-01T00:00:00&endDate=2100-01-01T00:00:00" + "&limit=5000")
                .body()) {
            if (transaction.path("customerKey").asString("").equals(customer)) {
                charges.add(transaction);
            }
        }
        assertThat(charges)
                .extracting(charge -> charge.path("status").asString())
                .containsOnly("DONE");
        assertThat(charges)
                .extracting(charge -> charge.path("amount").asLong())
                .containsExactlyElementsOf(expected.stream().map(Expected::won).toList());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(OffsetDateTime.parse(charges.get(i).path("transactionAt").asString())
                            .toInstant())
                    .isBetween(
                            expected.get(i).paid().minusSeconds(1),
                            expected.get(i).paid().plus(MOMENT));
        }
        long refused = 0;
        for (JsonNode call : http.get(stack.sandbox() + "/control/calls").body()) {
            if (call.path("path").asString().startsWith("/v1/billing/")
                    && call.path("status").asInt() == 403) {
                refused++;
            }
        }
        assertThat(refused).isEqualTo(DECLINED.size());
    }

    private void assertOtherStayed() {
        assertThat(http.get(stack.management().getLast() + "/actuator/tenantclock/" + OTHER)
                        .text("ahead"))
                .isEqualTo("PT0S");
        assertThat(http.get(stack.sandbox() + "/control/clock").text("ahead")).isEqualTo("PT0S");
        assertThat(invoices(OTHER))
                .singleElement()
                .satisfies(invoice ->
                        assertThat(invoice.path("periodNumber").asInt()).isZero());
    }

    private void clock(String command, String moment) {
        Stack.Run run = stack.wonflow("clock", command, "--tenant", TENANT, moment);
        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    /** Subscribes by a card, as soon as that is known there, and waits until the first period is paid. */
    private void subscribe(String tenant) {
        String card = aCard(tenant);
        await("the first payment of " + tenant)
                .atMost(Duration.ofSeconds(20))
                .until(() -> subscribe(tenant, card).equals("active"));
    }

    /** Registers a card, and answers its id. */
    private String aCard(String tenant) {
        String customer = customerKey(tenant);
        String authKey = http.post(stack.sandbox() + "/control/billing/authorizations", Map.of("customerKey", customer))
                .text("authKey");
        Http.Answer registered = http.postAsync(
                        stack.payments() + "/api/billing-methods",
                        Map.of("authKey", authKey, "customerKey", customer),
                        tenant)
                .join();
        assertThat(registered.status()).as("%s", registered.body()).isEqualTo(201);
        return registered.text("billingMethodId");
    }

    private String customerKey(String tenant) {
        return http.postAsync(stack.payments() + "/api/billing-methods/toss/window", Map.of(), tenant)
                .join()
                .text("customerKey");
    }

    /** How the subscription stands, which is begun if there is none. */
    private String subscribe(String tenant, String card) {
        Http.Answer there = http.get(stack.subscriptions() + "/api/subscriptions/default", tenant);
        if (there.status() == 404) {
            return http.postAsync(
                            stack.subscriptions() + "/api/subscriptions",
                            Map.of("plan", "team", "billingMethodId", card),
                            tenant)
                    .join()
                    .text("status");
        }
        return there.text("status");
    }

    private void upgrade() {
        Http.Answer asked = http.postAsync(
                        stack.subscriptions() + "/api/subscriptions/default/change",
                        Map.of("plan", "pro", "when", "now"),
                        TENANT)
                .join();
        assertThat(asked.status()).as("%s", asked.body()).isEqualTo(202);
        await("the larger plan")
                .atMost(Duration.ofSeconds(20))
                .until(() -> http.get(stack.subscriptions() + "/api/subscriptions/default", TENANT)
                        .text("plan")
                        .equals("pro"));
    }

    private void declineTheNextCharge() {
        assertThat(http.post(
                                stack.sandbox() + "/control/faults",
                                Map.of(
                                        "operation", "billing-charge",
                                        "kind", "DECLINE",
                                        "code", "REJECT_CARD_COMPANY",
                                        "times", 1))
                        .status())
                .isEqualTo(201);
    }

    /** The oldest first. */
    private List<JsonNode> invoices(String tenant) {
        List<JsonNode> invoices = new ArrayList<>();
        http.get(stack.subscriptions() + "/api/invoices?limit=200", tenant)
                .body()
                .path("data")
                .forEach(invoices::add);
        invoices.sort(Comparator.comparing(invoice -> invoice.path("paidAt").asString()));
        return invoices;
    }
}
