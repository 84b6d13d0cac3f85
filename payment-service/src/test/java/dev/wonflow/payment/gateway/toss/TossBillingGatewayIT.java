package dev.wonflow.payment.gateway.toss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.gateway.AuthKey;
import dev.wonflow.payment.gateway.BillingGateway;
import dev.wonflow.payment.gateway.BillingKey;
import dev.wonflow.payment.gateway.CallRoom;
import dev.wonflow.payment.gateway.ChargeCall;
import dev.wonflow.payment.gateway.ChargeOutcome;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.IssueOutcome;
import dev.wonflow.payment.gateway.RemovalOutcome;
import dev.wonflow.payment.gateway.quota.TossQuota;
import dev.wonflow.payment.payment.World;
import dev.wonflow.testsupport.SequentialIds;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class TossBillingGatewayIT {

    private static final OrderId ORDER = new OrderId("chg_019b8c201a6873c4af0b6d4c8e91a010");
    private static final String CUSTOMER = "5f0c9c0a-52f5-4a3e-9a6d-0e3a6c1d7b11";

    private final TossStub toss = new TossStub();

    @AfterEach
    void stop() {
        toss.close();
    }

    @Test
    void key_is_read_with_what_may_be_shown_and_given_again_for_the_same_authkey() {
        AuthKey authKey = new AuthKey(toss.agreed(CUSTOMER));

        IssueOutcome issued = gateway().issue(authKey, CUSTOMER);

        assertThat(issued).isInstanceOfSatisfying(IssueOutcome.Issued.class, key -> {
            assertThat(key.face()).isEqualTo(new IssueOutcome.Face("카드", "21", "94100012****789*", "신용"));
            assertThat(key.toString()).doesNotContain(key.key().value());
        });
        assertThat(gateway().issue(authKey, CUSTOMER)).isEqualTo(issued);
        assertThat(toss.calls())
                .extracting(TossStub.Call::idempotencyKey)
                .allSatisfy(key -> assertThat(key).matches("billing:[0-9a-f]{64}"));
    }

    @Test
    void number_that_is_not_masked_is_not_kept() {
        AuthKey authKey = new AuthKey(toss.agreed(CUSTOMER));
        toss.next(
                authKey.value(),
                new TossStub.Fault.Bent(billing ->
                        billing.set("card", new JsonMapper().createObjectNode().put("number", "9410001234567890"))));

        assertThat(gateway().issue(authKey, CUSTOMER))
                .isInstanceOfSatisfying(
                        IssueOutcome.Issued.class,
                        key -> assertThat(key.face().number()).isNull());
    }

    @Test
    void charge_is_answered_with_its_payment_and_made_once() {
        BillingKey key = issued();

        assertThat(gateway().charge(call(key, 1)))
                .isInstanceOfSatisfying(
                        ChargeOutcome.Answered.class,
                        answered -> assertThat(answered.seen().state()).isEqualTo(GatewayFinding.State.DONE));
        assertThat(gateway().charge(call(key, 1))).isInstanceOf(ChargeOutcome.Answered.class);
        assertThat(gateway().charge(call(key, 2))).isEqualTo(new ChargeOutcome.Happened("DUPLICATED_ORDER_ID"));
        assertThat(gateway().find(ORDER)).isInstanceOf(GatewayFinding.Seen.class);
        assertThat(toss.charges(ORDER)).filteredOn(TossStub.Call::effect).hasSize(1);
    }

    @Test
    void silence_is_unknown_and_tells_the_log_no_key(CapturedOutput log) {
        BillingKey key = issued();
        toss.next(ORDER, new TossStub.Fault.Slow(Duration.ofMinutes(1)));

        assertThat(gateway(toss.url(), Duration.ofMillis(300)).charge(call(key, 1)))
                .isEqualTo(new ChargeOutcome.Unknown("TIMEOUT"));
        assertThat(gateway("http://127.0.0.1:1", Duration.ofSeconds(1)).charge(call(key, 1)))
                .isEqualTo(new ChargeOutcome.Unknown("NO_CONNECTION"));
        assertThat(log.getAll())
                .contains("Toss did not answer")
                .doesNotContain(key.value())
                .doesNotContain(key.value().replace("=", "%3D"))
                .doesNotContain(CUSTOMER);
    }

    @Test
    void answer_about_another_order_is_none() {
        BillingKey key = issued();
        toss.next(ORDER, new TossStub.Fault.Bent(payment -> payment.put("orderId", "chg_of_someone_else")));

        assertThat(gateway().charge(call(key, 1))).isEqualTo(new ChargeOutcome.Unclear("ANSWER_CONTRADICTS"));
    }

    @Test
    void forgotten_key_is_gone_however_often_it_is_forgotten_and_charges_nothing() {
        BillingKey key = issued();

        assertThat(gateway().remove(key)).isEqualTo(new RemovalOutcome.Gone());
        assertThat(gateway().remove(key)).isEqualTo(new RemovalOutcome.Gone());
        assertThat(gateway().charge(call(key, 1)))
                .isInstanceOfSatisfying(
                        ChargeOutcome.Declined.class,
                        declined -> assertThat(declined.remedy()).isEqualTo(ChargeOutcome.Remedy.NEW_METHOD));
    }

    @Test
    void another_customers_key_is_a_fault_of_ours() {
        ChargeCall call = call(issued(), 1);

        assertThat(gateway()
                        .charge(new ChargeCall(
                                call.chargeId(),
                                1,
                                ORDER,
                                call.billingKey(),
                                "someone-else",
                                call.amount(),
                                call.taxFree(),
                                call.orderName())))
                .isEqualTo(new ChargeOutcome.OurFault("NOT_MATCHES_CUSTOMER_KEY"));
    }

    @Test
    void too_many_calls_are_no_answer_and_told_to_who_keeps_the_pace() {
        BillingKey key = issued();
        List<String> told = new ArrayList<>();
        World world = new World();
        world.quota.whenTurnedAway(() -> told.add("turned away"));
        toss.next(ORDER, new TossStub.Fault.Refusal(429, "TOO_MANY_REQUESTS"));

        assertThat(gateway(toss.url(), Duration.ofSeconds(20), world.quota).charge(call(key, 1)))
                .isEqualTo(new ChargeOutcome.TooManyCalls("TOO_MANY_REQUESTS"));
        assertThat(told).hasSize(1);
    }

    private BillingKey issued() {
        return ((IssueOutcome.Issued) gateway().issue(new AuthKey(toss.agreed(CUSTOMER)), CUSTOMER)).key();
    }

    private static ChargeCall call(BillingKey key, int number) {
        return new ChargeCall(
                SequentialIds.id(1), number, ORDER, key, CUSTOMER, Money.ofWon(29_000), Money.ZERO, "팀 요금제 1개월");
    }

    private BillingGateway gateway() {
        return gateway(toss.url(), Duration.ofSeconds(20));
    }

    private static BillingGateway gateway(String url, Duration timeout) {
        return gateway(url, timeout, new World().quota);
    }

    private static BillingGateway gateway(String url, Duration timeout, TossQuota quota) {
        return new TossConfiguration()
                .tossBillingGateway(
                        RestClient.builder(),
                        new TossAccess(URI.create(url), "test_sk_1", "test_ck_1"),
                        new TossProperties(timeout, timeout, timeout, timeout, 1, 1, 1, 1, false),
                        quota,
                        new CallRoom(Map.of()),
                        new JsonMapper());
    }
}
