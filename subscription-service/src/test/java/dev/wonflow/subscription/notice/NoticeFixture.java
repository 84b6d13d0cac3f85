package dev.wonflow.subscription.notice;

import dev.wonflow.money.Money;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** A notice of each kind, as the samples of the contract have them. */
public final class NoticeFixture {

    public static final String PLAN = "팀";
    public static final Money PRICE = Money.ofWon(29_000);
    public static final Instant CHARGE_AT = Instant.parse("2026-03-15T00:00:00Z");
    public static final Instant PLAN_EXPIRES_AT = Instant.parse("2026-04-15T00:00:00Z");

    private static final Instant NEXT_DAY = Instant.parse("2026-03-16T00:00:00Z");

    private NoticeFixture() {}

    /** By the name of its sample. */
    public static Map<String, NoticeData> aNoticeOfEachKind() {
        return new TreeMap<>(Map.ofEntries(
                Map.entry("trial-ending", new NoticeData.TrialEnding(PLAN, PRICE, CHARGE_AT, null)),
                Map.entry("trial-ending-without-method", new NoticeData.TrialEnding(PLAN, null, null, CHARGE_AT)),
                Map.entry("renewal-upcoming", new NoticeData.RenewalUpcoming(PLAN, PRICE, CHARGE_AT)),
                Map.entry("payment-failed", new NoticeData.PaymentFailed(PLAN, PRICE, "REJECT_CARD_PAYMENT", NEXT_DAY)),
                Map.entry("retry-upcoming", new NoticeData.RetryUpcoming(PLAN, PRICE, NEXT_DAY)),
                Map.entry(
                        "new-card-needed",
                        new NoticeData.NewCardNeeded(PLAN, PRICE, Instant.parse("2026-03-22T00:00:00Z"))),
                Map.entry("recovered", new NoticeData.Recovered(PLAN, PRICE, PLAN_EXPIRES_AT)),
                Map.entry("restricted", new NoticeData.Restricted(PLAN, PRICE, Instant.parse("2026-03-29T00:00:00Z"))),
                Map.entry("suspended", new NoticeData.Suspended(PLAN, PRICE, Instant.parse("2026-04-28T00:00:00Z"))),
                Map.entry("canceled", new NoticeData.Canceled(PLAN, PLAN_EXPIRES_AT)),
                Map.entry(
                        "price-change",
                        new NoticeData.PriceChange(
                                PLAN, PRICE, Money.ofWon(33_000), Instant.parse("2026-05-15T00:00:00Z"))),
                Map.entry(
                        "paid",
                        new NoticeData.Paid(
                                PLAN,
                                "2026-000001",
                                PRICE,
                                Money.ofWon(2_636),
                                Instant.parse("2026-03-15T00:00:01.250Z"),
                                PLAN_EXPIRES_AT)),
                Map.entry(
                        "refunded",
                        new NoticeData.Refunded(PLAN, PRICE, Instant.parse("2026-03-20T00:00:00Z"), "2026-C000001"))));
    }
}
