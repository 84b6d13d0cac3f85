package dev.wonflow.subscription.subscription.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.inbox.UnreadableMessage;
import dev.wonflow.money.Money;
import dev.wonflow.outbox.OutboxMessage;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.subscription.CollectionMode;
import dev.wonflow.subscription.subscription.MoneyWentBack;
import dev.wonflow.subscription.subscription.Period;
import dev.wonflow.subscription.subscription.Purchase;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionEvent;
import dev.wonflow.subscription.subscription.SubscriptionStatus;
import dev.wonflow.subscription.subscription.Terms;
import dev.wonflow.testsupport.SequentialIds;
import dev.wonflow.testsupport.contract.ContractSample;
import dev.wonflow.testsupport.contract.ContractSamples;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionContractTest {

    private static final Purchase TEAM = new Purchase(
            "019b8c19-d1c8-73c4-af0b-6d4c8e91a004",
            "ord_019b8c19cde073c4af0b6d4c8e91a003",
            new TenantId("hanbit-studio"),
            "team",
            null,
            Money.ofWon(29_000),
            false,
            Instant.parse("2026-01-05T03:01:32Z"));

    @Test
    void activation_is_written_as_the_sample() {
        Subscription.Change change = Subscription.started(
                new SubscriptionId(UUID.fromString("019b8c1a-b840-73c4-af0b-6d4c8e91a005")),
                TEAM,
                Plan.monthly("team", "팀", Money.ofWon(29_000)),
                1);

        OutboxMessage message = OutboxSubscriptionEvents.message(
                SequentialIds.id(1), change.subscription(), Objects.requireNonNull(change.event()));

        ContractSamples.of("subscription.activated.v1", "team-for-a-month").assertWrittenAs(message.payload());
        assertThat(message)
                .returns("subscription.events", OutboxMessage::topic)
                .returns("019b8c1a-b840-73c4-af0b-6d4c8e91a005", OutboxMessage::key)
                .returns("subscription.activated.v1", OutboxMessage::type)
                .returns("hanbit-studio", OutboxMessage::tenantId)
                .returns(TEAM.approvedAt(), OutboxMessage::occurredAt);
    }

    @Test
    void renewal_and_change_are_written_as_the_samples() {
        Subscription renewed = new Subscription(
                new SubscriptionId(UUID.fromString("019b8c1a-b840-73c4-af0b-6d4c8e91a005")),
                new TenantId("hanbit-studio"),
                "default",
                new Terms("team", 1, 7),
                SubscriptionStatus.ACTIVE,
                CollectionMode.AUTOMATIC,
                UUID.fromString("019b8c1f-c0b8-73c4-af0b-6d4c8e91a011"),
                Subscription.SEOUL,
                TEAM.approvedAt(),
                new Period(
                        1,
                        Instant.parse("2026-02-05T03:01:32Z"),
                        Instant.parse("2026-03-05T03:01:32Z"),
                        Money.ofWon(35_100)),
                TEAM.approvedAt(),
                null,
                null,
                null,
                null,
                null,
                Instant.parse("2026-03-05T03:01:32Z"),
                null,
                false,
                "chg_019b8c201a6873c4af0b6d4c8e91a010",
                "019b8c20-2238-73c4-af0b-6d4c8e91a012",
                3);
        OutboxMessage renewal = OutboxSubscriptionEvents.message(
                SequentialIds.id(1), renewed, new SubscriptionEvent.Renewed(Instant.parse("2026-02-05T03:01:34Z")));
        Subscription.Change scheduled =
                renewed.changeScheduled(new Terms("pro", 2, 7), null, Instant.parse("2026-02-10T00:00:00Z"));
        OutboxMessage change = OutboxSubscriptionEvents.message(
                SequentialIds.id(2), scheduled.subscription(), Objects.requireNonNull(scheduled.event()));

        ContractSamples.of("subscription.renewed.v1", "second-month").assertWrittenAs(renewal.payload());
        ContractSamples.of("subscription.changed.v1", "scheduled-change").assertWrittenAs(change.payload());
        assertThat(renewal)
                .returns("subscription.events", OutboxMessage::topic)
                .returns("019b8c1a-b840-73c4-af0b-6d4c8e91a005", OutboxMessage::key)
                .returns(3L, OutboxMessage::sequence);
    }

    @Test
    void removed_billing_method_is_read() {
        assertThat(read(ContractSamples.of("payment.billing-method-removed.v1", "by-toss")))
                .isEqualTo(new PaymentFact.MethodRemoved(
                        UUID.fromString("019b8c1f-c0b8-73c4-af0b-6d4c8e91a011"),
                        new TenantId("hanbit-studio"),
                        Instant.parse("2026-03-05T00:00:00.120Z")));
    }

    @Test
    void paid_plan_may_say_which_of_its_prices_was_compared() {
        assertThat(read(ContractSamples.of("payment.paid.v1", "plan-at-its-price")))
                .isEqualTo(new PaymentFact.PlanPaid(new Purchase(
                        TEAM.paymentId(),
                        TEAM.orderId(),
                        TEAM.tenantId(),
                        TEAM.plan(),
                        1L,
                        TEAM.amount(),
                        TEAM.livemode(),
                        TEAM.approvedAt())));
    }

    @Test
    void paid_plan_is_read_as_a_purchase() {
        assertThat(read(ContractSamples.of("payment.paid.v1", "plan"))).isEqualTo(new PaymentFact.PlanPaid(TEAM));
    }

    @Test
    void paid_goods_are_not_ours() {
        assertThat(read(ContractSamples.of("payment.paid.v1", "card"))).isEqualTo(new PaymentFact.NotOurs());
        assertThat(read(ContractSamples.of("payment.paid.v1", "invented-method")))
                .isEqualTo(new PaymentFact.NotOurs());
    }

    @Test
    void money_that_went_back_is_read() {
        assertThat(read(ContractSamples.of("payment.refunded.v1").getFirst()))
                .isEqualTo(wentBack(33_000, true, "refunded", "2026-01-07T03:00:00Z"));
        assertThat(read(ContractSamples.of("payment.partially-refunded.v1", "one-mug")))
                .isEqualTo(wentBack(12_000, false, "refunded", "2026-01-07T03:00:00Z"));
        assertThat(read(ContractSamples.of("payment.reversed.v1").getFirst()))
                .isEqualTo(wentBack(33_000, true, "deposit reversed", "2026-01-05T03:14:59Z"));
    }

    private static PaymentFact wentBack(long refunded, boolean whole, String how, String at) {
        return new PaymentFact.WentBack(new MoneyWentBack(
                "019b8c18-e768-73c4-af0b-6d4c8e91a002",
                "ord_019b8c18e38073c4af0b6d4c8e91a001",
                new TenantId("default"),
                Money.ofWon(refunded),
                whole,
                how,
                Instant.parse(at)));
    }

    static Stream<ContractSample> samplesOfPayments() {
        return Stream.of(
                        "payment.requested.v1",
                        "payment.outcome-unknown.v1",
                        "payment.waiting-for-deposit.v1",
                        "payment.paid.v1",
                        "payment.reversed.v1",
                        "payment.failed.v1",
                        "payment.canceled.v1",
                        "payment.refunded.v1",
                        "payment.partially-refunded.v1",
                        "payment.billing-method-removed.v1")
                .map(ContractSamples::of)
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("samplesOfPayments")
    void every_sample_is_read_and_every_type_known(ContractSample sample) {
        assertThat(PaymentFact.read(sample.type(), sample.json().getBytes(UTF_8)))
                .isPresent();
    }

    @Test
    void unknown_type_is_nothing_to_us_whatever_its_body() {
        assertThat(PaymentFact.read("payment.invented.v1", new byte[] {1, 2, 3}))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not JSON",
                "null",
                "[]",
                "{}",
                "{'plan':'team'}",
                "{'paymentId':'p','orderId':'o','tenantId':'t','plan':'team','amount':1.5,'currency':'KRW','livemode':true,'approvedAt':'2026-01-05T03:01:32Z'}",
                "{'paymentId':'p','orderId':'o','tenantId':'t','plan':'team','amount':'1','currency':'KRW','livemode':true,'approvedAt':'2026-01-05T03:01:32Z'}",
                "{'paymentId':'p','orderId':'o','tenantId':'t','plan':'team','amount':-1,'currency':'KRW','livemode':true,'approvedAt':'2026-01-05T03:01:32Z'}",
                "{'paymentId':'p','orderId':'o','tenantId':'t','plan':'team','amount':1,'currency':'USD','livemode':true,'approvedAt':'2026-01-05T03:01:32Z'}",
                "{'paymentId':'p','orderId':'o','tenantId':'t','plan':'team','amount':1,'currency':'KRW','approvedAt':'2026-01-05T03:01:32Z'}",
                "{'paymentId':'p','orderId':'o','tenantId':'t','plan':'team','amount':1,'currency':'KRW','livemode':true,'approvedAt':'yesterday'}",
                "{'paymentId':'p','orderId':'o','tenantId':'t','plan':'team','amount':1,'currency':'KRW','livemode':true}",
                "{'paymentId':' ','orderId':'o','tenantId':'t','plan':'team','amount':1,'currency':'KRW','livemode':true,'approvedAt':'2026-01-05T03:01:32Z'}"
            })
    void known_type_with_a_body_against_its_contract_is_unreadable(String body) {
        assertThatThrownBy(() -> PaymentFact.read(
                        "payment.paid.v1", body.replace('\'', '"').getBytes(UTF_8)))
                .isInstanceOf(UnreadableMessage.class);
    }

    /** What may stand after {@code "amount":} and is no amount. */
    @ParameterizedTest
    @Tag("F20")
    @ValueSource(
            strings = {
                "12000.7",
                "12000.0",
                "1.2e4",
                "'12000'",
                "''",
                "true",
                "[12000]",
                "{}",
                "null",
                "-12000",
                "9223372036854775808",
                "012000",
                "NaN",
                "12000,'amount':12000",
                "12000}{",
                "12000} x"
            })
    void amount_is_a_whole_number_or_the_message_unreadable(String amount) {
        assertThatThrownBy(() -> paid("team", amount))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageContaining("(expected: ");
    }

    @Test
    void plan_is_counted_in_characters() {
        String longest = "😀".repeat(100);

        assertThat(paid(longest, "12000"))
                .hasValueSatisfying(fact -> assertThat(fact)
                        .isInstanceOfSatisfying(
                                PaymentFact.PlanPaid.class,
                                paid -> assertThat(paid.purchase().plan()).isEqualTo(longest)));
        assertThatThrownBy(() -> paid(longest + "😀", "12000"))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessage("plan: 101 characters (expected: 1 to 100, printable)");
        assertThatThrownBy(() -> paid("a\\u0000", "12000")).isInstanceOf(UnreadableMessage.class);
        assertThatThrownBy(() -> paid("a\\ud800", "12000")).isInstanceOf(UnreadableMessage.class);
    }

    private static Optional<PaymentFact> paid(String plan, String amount) {
        String body = """
                {'paymentId':'p','orderId':'o','tenantId':'t','plan':'%s','currency':'KRW','livemode':true,
                 'approvedAt':'2026-01-05T03:01:32Z','amount':%s}
                """.formatted(plan, amount).replace('\'', '"');
        return PaymentFact.read("payment.paid.v1", body.getBytes(UTF_8));
    }

    private static PaymentFact read(ContractSample sample) {
        return PaymentFact.read(sample.type(), sample.json().getBytes(UTF_8)).orElseThrow();
    }
}
