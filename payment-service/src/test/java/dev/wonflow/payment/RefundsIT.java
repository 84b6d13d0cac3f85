package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.gateway.toss.TossStub;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Money that goes back, over HTTP and against the books of Toss. */
@WithPaymentService
class RefundsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Driver driver;
    private final TossStub toss;
    private final Meeting meeting;
    private final JdbcClient jdbc;

    @Autowired
    RefundsIT(Driver driver, TossStub toss, Meeting meeting, JdbcClient jdbc) {
        this.driver = driver;
        this.toss = toss;
        this.meeting = meeting;
        this.jdbc = jdbc;
    }

    @Test
    void parts_go_back_until_nothing_is_left() {
        OrderId order = aPaidOrder();

        Driver.Answer part = driver.refund(order, "{\"cancelReason\":\"옵션 변경\",\"cancelAmount\":13000}");
        Driver.Answer rest = driver.refund(order, "{\"cancelReason\":\"전체 반품\"}");
        Driver.Answer more = driver.refund(order, "{\"cancelReason\":\"한 번 더\"}");

        assertThat(part.status()).as(part.body().toString()).isEqualTo(200);
        assertThat(part.text("status")).isEqualTo("done");
        assertThat(part.text("paymentStatus")).isEqualTo("partially_refunded");
        assertThat(part.body().path("balanceAmount").longValue()).isEqualTo(20_000);
        assertThat(rest.status()).as(rest.body().toString()).isEqualTo(200);
        assertThat(rest.text("paymentStatus")).isEqualTo("refunded");
        assertThat(more.status()).isEqualTo(409);
        assertThat(more.text("code")).isEqualTo("refund.exceeds-balance");
        assertThat(driver.published(order))
                .containsExactly(
                        "payment.requested.v1",
                        "payment.paid.v1",
                        "payment.partially-refunded.v1",
                        "payment.refunded.v1");
        assertThat(toss.cancels(order)).hasSize(2).allMatch(TossStub.Call::effect);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(work(order)).as("work that is left").isEmpty());
    }

    @Test
    @Tag("F10")
    void of_two_refunds_at_once_that_are_more_than_there_is_one_is_made() {
        for (int round = 0; round < 10; round++) {
            OrderId order = aPaidOrder();
            Meeting.Place hold = meeting.of(paymentOf(order), 2);

            CompletableFuture<Driver.Answer> one = driver.refundLater(order, sixtyPercent());
            CompletableFuture<Driver.Answer> other = driver.refundLater(order, sixtyPercent());

            assertThat(List.of(one.join().status(), other.join().status())).containsExactlyInAnyOrder(200, 409);
            hold.assertRaced();
            assertThat(toss.cancels(order)).hasSize(1);
            assertThat(driver.published(order))
                    .containsExactly("payment.requested.v1", "payment.paid.v1", "payment.partially-refunded.v1");
        }
    }

    @Test
    @Tag("F10")
    void lost_answer_is_found_among_the_cancels() {
        OrderId order = aPaidOrder();
        toss.next(order, new TossStub.Fault.AnswerLost());

        Driver.Answer answer = driver.refund(order, sixtyPercent());

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(toss.cancels(order)).hasSize(1);
        assertThat(refunds(order)).containsExactly("REQUESTED DONE 19800");
    }

    @Test
    @Tag("F10")
    void call_that_did_not_arrive_is_made_again_under_its_key() {
        OrderId order = aPaidOrder();
        toss.next(order, new TossStub.Fault.Reset());

        Driver.Answer answer = driver.refund(order, sixtyPercent());

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(toss.cancels(order)).hasSize(2);
        assertThat(toss.cancels(order))
                .extracting(TossStub.Call::idempotencyKey)
                .containsOnly(toss.cancels(order).getFirst().idempotencyKey());
    }

    @Test
    void refusal_of_toss_is_told_with_its_code_and_sets_nothing_aside_any_more() {
        OrderId order = aPaidOrder();
        toss.next(order, new TossStub.Fault.Refusal(403, "EXCEED_MAX_REFUND_DUE"));

        Driver.Answer refused = driver.refund(order, sixtyPercent());

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("refund.declined");
        assertThat(refused.text("tossCode")).isEqualTo("EXCEED_MAX_REFUND_DUE");
        assertThat(driver.status(order)).isEqualTo("PAID");
        assertThat(driver.refund(order, sixtyPercent()).status()).isEqualTo(200);
    }

    @Test
    @Tag("F15")
    void cancel_in_the_console_is_taken_over_as_one_nobody_asked_for_here() {
        OrderId order = aPaidOrder();
        PaymentKey key = keyOf(order);
        toss.cancelInConsole(key, 1_000);
        toss.cancelInConsole(key, 2_000);

        driver.sendWebhook(order, key, "PARTIAL_CANCELED");

        driver.awaitStatus(order, "PARTIALLY_REFUNDED");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(refunds(order))
                        .containsExactlyInAnyOrder("EXTERNAL DONE 1000", "EXTERNAL DONE 2000"));
        assertThat(driver.texts(
                        "SELECT payload::jsonb ->> 'origin' || ' ' || (payload::jsonb ->> 'balanceAmount') FROM outbox"
                                + " WHERE aggregateid = ? AND type = 'payment.partially-refunded.v1' ORDER BY sequence",
                        order))
                .containsExactly("external 32000", "external 30000");
        assertThat(driver.refund(order, "{\"cancelReason\":\"나머지\"}").status()).isEqualTo(200);
    }

    @Test
    void payment_that_holds_no_money_gives_none_back() {
        OrderId order = driver.aPlacedOrder();

        Driver.Answer answer = driver.refund(order, sixtyPercent());

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("code")).isEqualTo("refund.not-possible");
    }

    @Test
    void bad_requests_are_refused_with_what_was_expected() {
        OrderId order = aPaidOrder();

        invalid(order, "{}", "cancelReason: missing (expected: text of 1 to 200 characters)");
        invalid(order, "{\"cancelReason\":\" \"}", "cancelReason: blank (expected: text of 1 to 200 characters)");
        invalid(order, "{\"cancelReason\":\"x\",\"cancelAmount\":0}", "cancelAmount: 0 (expected: 1 or more)");
        invalid(
                order,
                "{\"cancelReason\":\"x\",\"cancelAmount\":10,\"taxFreeAmount\":11}",
                "taxFreeAmount: 11 KRW (expected: at most cancelAmount, 10 KRW)");
        invalid(
                order,
                "{\"cancelReason\":\"x\",\"refundReceiveAccount\":{\"bank\":\"88\"}}",
                "refundReceiveAccount.accountNumber: missing (expected: a value)");
        invalid(order, "{\"cancelReason\":\"x\",\"currency\":\"USD\"}", "currency: another one (expected: KRW)");
        assertThat(toss.cancels(order)).isEmpty();
    }

    private void invalid(OrderId order, String body, String detail) {
        Driver.Answer answer = driver.refund(order, body);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(400);
        assertThat(answer.text("code")).isEqualTo("request.invalid");
        assertThat(answer.text("detail")).isEqualTo(detail);
    }

    @Test
    void refund_above_the_limit_goes_back_once_a_second_person_agrees() {
        OrderId order = aPaidOrder(2_000_000);
        Driver.Answer asked = driver.refund(order, "{\"cancelReason\":\"장비 반품\",\"cancelAmount\":1500000}");
        assertThat(asked.status()).as(asked.body().toString()).isEqualTo(202);
        assertThat(asked.text("status")).isEqualTo("awaiting_approval");
        String refund = "/api/refunds/" + asked.text("refundId");

        Driver.Answer own = driver.post(refund + "/approve", "{}");
        Driver.Answer waiting = driver.get("/api/refunds/awaiting-approval");
        Driver.Answer agreed = driver.postAs("second-person", refund + "/approve", "{}");
        Driver.Answer late = driver.postAs("second-person", refund + "/reject", "{\"reason\":\"늦었습니다\"}");

        assertThat(own.status()).isEqualTo(403);
        assertThat(own.text("code")).isEqualTo("refund.approval-same-person");
        assertThat(waiting.body()
                        .path("refunds")
                        .valueStream()
                        .map(one -> one.path("refundId").asString()))
                .contains(asked.text("refundId"));
        assertThat(agreed.status()).as(agreed.body().toString()).isEqualTo(200);
        assertThat(agreed.text("status")).isEqualTo("done");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.text("code")).isEqualTo("refund.approval-decided");
        assertThat(toss.cancels(order)).hasSize(1).allMatch(TossStub.Call::effect);
        assertThat(driver.get("/api/payments/" + order)
                        .body()
                        .path("refunds")
                        .get(0)
                        .path("status")
                        .asString())
                .isEqualTo("done");
    }

    @Test
    void refund_a_second_person_rejects_leaves_the_money_to_others() {
        OrderId order = aPaidOrder(2_000_000);
        String refund = "/api/refunds/"
                + driver.refund(order, "{\"cancelReason\":\"장비 반품\"}").text("refundId");

        Driver.Answer nameless = driver.postAs("second-person", refund + "/reject", "{}");
        Driver.Answer rejected = driver.postAs("second-person", refund + "/reject", "{\"reason\":\"영수증 없음\"}");
        Driver.Answer part = driver.refund(order, "{\"cancelReason\":\"부품 반품\",\"cancelAmount\":900000}");

        assertThat(nameless.status()).isEqualTo(400);
        assertThat(rejected.status()).as(rejected.body().toString()).isEqualTo(200);
        assertThat(rejected.text("status")).isEqualTo("failed");
        assertThat(part.status()).as(part.body().toString()).isEqualTo(200);
        assertThat(toss.cancels(order)).hasSize(1);
        assertThat(driver.postAs("second-person", "/api/refunds/none/approve", "{}")
                        .text("code"))
                .isEqualTo("refund.not-found");
    }

    @Test
    void of_a_yes_and_a_no_at_once_one_counts() {
        for (int round = 0; round < 10; round++) {
            OrderId order = aPaidOrder(2_000_000);
            String refund = "/api/refunds/"
                    + driver.refund(order, "{\"cancelReason\":\"장비 반품\"}").text("refundId");
            Meeting.Place hold = meeting.of(paymentOf(order), 2);

            CompletableFuture<Driver.Answer> yes =
                    CompletableFuture.supplyAsync(() -> driver.postAs("second-person", refund + "/approve", "{}"));
            CompletableFuture<Driver.Answer> no = CompletableFuture.supplyAsync(
                    () -> driver.postAs("third-person", refund + "/reject", "{\"reason\":\"아니요\"}"));

            assertThat(List.of(yes.join().status(), no.join().status())).containsExactlyInAnyOrder(200, 409);
            hold.assertRaced();
            assertThat(toss.cancels(order)).hasSize(yes.join().status() == 200 ? 1 : 0);
        }
    }

    private OrderId aPaidOrder(long won) {
        OrderId order = driver.aPlacedOrder(won);
        assertThat(driver.confirm(order, toss.authenticated(order, won), won).status())
                .isEqualTo(200);
        return order;
    }

    private OrderId aPaidOrder() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        assertThat(driver.confirm(order, key).status()).isEqualTo(200);
        return order;
    }

    private static String sixtyPercent() {
        return "{\"cancelReason\":\"고객 변심\",\"cancelAmount\":19800}";
    }

    private PaymentId paymentOf(OrderId order) {
        return jdbc.sql("SELECT id FROM payment WHERE order_id = ?")
                .param(order.value())
                .query((row, _) -> new PaymentId(Objects.requireNonNull(row.getObject(1, UUID.class))))
                .single();
    }

    private PaymentKey keyOf(OrderId order) {
        return new PaymentKey(driver.texts("SELECT payment_key FROM payment WHERE order_id = ?", order)
                .getFirst());
    }

    private List<String> refunds(OrderId order) {
        return driver.texts(
                "SELECT origin || ' ' || refund.status || ' ' || refund.amount_won FROM refund"
                        + " JOIN payment ON payment.id = payment_id WHERE order_id = ? ORDER BY refund.requested_at",
                order);
    }

    /** What is still planned for refunds of the order. */
    private List<String> work(OrderId order) {
        return driver.texts(
                "SELECT work.id FROM work JOIN payment ON payment.id::text = work.key"
                        + " WHERE kind = 'refund' AND order_id = ?",
                order);
    }
}
