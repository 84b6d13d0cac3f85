package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.gateway.toss.TossStub;
import dev.wonflow.payment.payment.StatusChecks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.node.ObjectNode;

/** Virtual accounts over our own API, with Toss over HTTP. */
@WithPaymentService
class VirtualAccountsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final TossStub.Fault LATER = new TossStub.Fault.Slow(Duration.ZERO);

    private final Driver driver;
    private final TossStub toss;
    private final StatusChecks statusChecks;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Clock clock;

    @Autowired
    VirtualAccountsIT(
            Driver driver,
            TossStub toss,
            StatusChecks statusChecks,
            JdbcClient jdbc,
            TransactionOperations transaction,
            Clock clock) {
        this.driver = driver;
        this.toss = toss;
        this.statusChecks = statusChecks;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Test
    void account_is_opened_shown_and_paid_into() {
        OrderId order = driver.aPlacedOrder();

        Driver.Answer opened = driver.openAccountLater(order).join();

        assertThat(opened.status()).as(opened.body().toString()).isEqualTo(201);
        assertThat(opened.text("status")).isEqualTo("waiting_for_deposit");
        assertThat(opened.text("bank")).isEqualTo("88");
        assertThat(opened.text("accountNumber")).isEqualTo(TossStub.ACCOUNT_NUMBER);
        assertThat(opened.text("holderName")).isEqualTo("김하늘");
        assertThat(opened.body().path("amount").longValue()).isEqualTo(Driver.AMOUNT);
        assertThat(Instant.parse(opened.text("dueAt")))
                .isBetween(
                        clock.instant().plus(Duration.ofHours(167)),
                        clock.instant().plus(Duration.ofHours(169)));
        assertThat(driver.get(Driver.accountPath(order)).body()).isEqualTo(opened.body());
        assertThat(driver.get("/api/payments/" + order)
                        .body()
                        .at("/virtualAccount/accountNumber")
                        .stringValue())
                .isEqualTo(TossStub.ACCOUNT_NUMBER);
        assertThat(toss.openings(order))
                .singleElement()
                .satisfies(call -> assertThat(call.body())
                        .contains(
                                "\"amount\":" + Driver.AMOUNT,
                                "\"customerMobilePhone\":\"01012345678\"",
                                "\"dueDate\":\"2"));

        toss.change(TossStub.accountOf(order), VirtualAccountsIT::deposited);
        driver.sendWebhook(order, TossStub.accountOf(order), "DONE");

        driver.awaitStatus(order, "PAID");
        assertThat(driver.published(order))
                .containsExactly("payment.requested.v1", "payment.waiting-for-deposit.v1", "payment.paid.v1");
        assertThat(driver.incidents(order)).isEmpty();
    }

    @Test
    void buyer_is_forgotten_and_the_secret_is_sealed() {
        OrderId order = driver.aPlacedOrder();

        assertThat(driver.openAccountLater(order).join().status()).isEqualTo(201);

        assertThat(driver.texts(openings("status || ' ' || coalesce(buyer::text, 'nobody')"), order))
                .containsExactly("OPENED nobody");
        assertThat(driver.texts(
                        "SELECT count(*)::text FROM payment_secret JOIN payment ON payment.id = payment_id"
                                + " WHERE order_id = ? AND secret IS NULL",
                        order))
                .containsExactly("1");
    }

    @Test
    void buyer_is_sealed_while_toss_is_asked() {
        OrderId order = driver.aPlacedOrder();
        CountDownLatch until = new CountDownLatch(1);
        toss.next(order, new TossStub.Fault.Held(until, LATER));
        CompletableFuture<Driver.Answer> opened = driver.openAccountLater(order);
        await().atMost(PATIENCE).until(() -> isAsked(order));

        assertThat(driver.texts(openings("encode(buyer, 'escape')"), order))
                .singleElement()
                .asString()
                .doesNotContain("01012345678");

        until.countDown();
        assertThat(opened.join().status()).isEqualTo(201);
    }

    @Test
    void lost_answer_is_found_again_and_no_second_account_is_opened() {
        OrderId order = driver.aPlacedOrder();
        toss.next(order, new TossStub.Fault.AnswerLost());

        Driver.Answer answer = driver.openAccountLater(order).join();

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("status")).isIn("requested", "waiting_for_deposit");
        driver.awaitStatus(order, "WAITING_FOR_DEPOSIT");
        assertThat(driver.get(Driver.accountPath(order)).text("accountNumber")).isEqualTo(TossStub.ACCOUNT_NUMBER);
        assertThat(toss.openings(order)).hasSize(1);
        assertThat(driver.texts(openings("status"), order)).containsExactly("OPENED");
    }

    @Test
    void answer_that_does_not_tell_is_followed_until_there_is_one_account() {
        OrderId order = driver.aPlacedOrder();
        toss.next(order, new TossStub.Fault.Refusal(500, "FAILED_DB_PROCESSING"));

        assertThat(driver.openAccountLater(order).join().status()).isEqualTo(202);

        driver.awaitStatus(order, "WAITING_FOR_DEPOSIT");
        assertThat(toss.openings(order).stream().filter(TossStub.Call::effect)).hasSize(1);
        assertThat(toss.openings(order).stream()
                        .map(TossStub.Call::idempotencyKey)
                        .distinct())
                .as("Toss repeats the answer of a key")
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_BANK,         0",
        "400, EXCEED_MAX_DUE_DATE,  0",
        "400, INVALID_REQUEST,      1",
        "401, UNAUTHORIZED_KEY,     1"
    })
    void refusal_says_why_and_leaves_the_window_open(int status, String code, int incidents) {
        OrderId order = driver.aPlacedOrder();
        toss.next(order, new TossStub.Fault.Refusal(status, code));

        Driver.Answer refused = driver.openAccountLater(order).join();

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("payment.account-refused");
        assertThat(refused.text("tossCode")).isEqualTo(code);
        assertThat(driver.incidents(order)).hasSize(incidents);
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        assertThat(driver.confirm(order, key).text("status")).isEqualTo("paid");
    }

    @Test
    void while_toss_is_asked_neither_window_nor_second_account_begins() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        CountDownLatch until = new CountDownLatch(1);
        toss.next(order, new TossStub.Fault.Held(until, LATER));
        CompletableFuture<Driver.Answer> opened = driver.openAccountLater(order);
        await().atMost(PATIENCE).until(() -> isAsked(order));

        for (Driver.Answer answer : List.of(
                driver.confirm(order, key),
                driver.failLater(order, "PAY_PROCESS_CANCELED").join(),
                driver.openAccountLater(order).join())) {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.text("code")).isEqualTo("payment.account-asked-for");
        }
        assertThat(driver.get(Driver.accountPath(order)).text("code")).isEqualTo("payment.no-account");

        until.countDown();
        assertThat(opened.join().status()).isEqualTo(201);
        assertThat(toss.confirms(order)).isEmpty();
        assertThat(driver.openAccountLater(order).join().text("code")).isEqualTo("payment.not-open");
        assertThat(driver.confirm(order, key).text("code")).isEqualTo("payment.not-open");
    }

    @Test
    void order_called_off_meanwhile_closes_the_account() {
        OrderId order = driver.aPlacedOrder();
        CountDownLatch until = new CountDownLatch(1);
        toss.next(order, new TossStub.Fault.Held(until, LATER));
        CompletableFuture<Driver.Answer> opened = driver.openAccountLater(order);
        await().atMost(PATIENCE).until(() -> isAsked(order));
        driver.cancelOrder(order);
        driver.awaitStatus(order, "CANCELED");

        until.countDown();

        assertThat(opened.join().text("code")).isEqualTo("payment.order-closed");
        await("the end of the account")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(toss.cancels(order)).hasSize(1));
        assertThat(toss.held(TossStub.accountOf(order))).isZero();
        assertThat(driver.published(order)).containsExactly("payment.requested.v1", "payment.canceled.v1");
        assertThat(driver.incidents(order)).isEmpty();
    }

    @Test
    void account_that_has_run_out_is_shown_no_more_and_is_no_answer_to_another_request() {
        OrderId order = driver.aPlacedOrder();
        assertThat(driver.openAccountLater(order).join().status()).isEqualTo(201);
        toss.change(TossStub.accountOf(order), VirtualAccountsIT::runOut);
        transaction.executeWithoutResult(_ -> statusChecks.require(driver.payment(order), clock.instant()));
        driver.awaitStatus(order, "FAILED");

        Driver.Answer again = driver.openAccountLater(order).join();

        assertThat(again.status()).as(again.body().toString()).isEqualTo(422);
        assertThat(again.text("tossCode")).isEqualTo("DUPLICATED_ORDER_ID");
        assertThat(driver.get(Driver.accountPath(order)).text("code")).isEqualTo("payment.no-account");
        assertThat(driver.get("/api/payments/" + order)
                        .body()
                        .at("/virtualAccount/accountNumber")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void what_a_dead_process_left_behind_is_gone_on_with() {
        OrderId order = driver.aPlacedOrder();
        toss.next(order, new TossStub.Fault.Reset());
        assertThat(driver.openAccountLater(order).join().status()).isEqualTo(202);
        // As if the process had died with the claim: nothing is known of a call, and its time is over.
        PaymentId payment = driver.payment(order);
        transaction.executeWithoutResult(_ -> {
            jdbc.sql("""
                    UPDATE payment_opening SET status = 'CALLING', code = NULL, called_at = called_at - interval '1 hour'
                    WHERE payment_id = ? AND status = 'UNKNOWN'
                    """).param(payment.value()).update();
            statusChecks.require(payment, clock.instant());
        });

        driver.awaitStatus(order, "WAITING_FOR_DEPOSIT");
        assertThat(toss.openings(order).stream().filter(TossStub.Call::effect)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"customerName":"김하늘"}                                              | bank
        {"bank":"88"}                                                         | customerName
        {"bank":"88","customerName":"김\\n하늘"}                               | customerName
        {"bank":"88","customerName":"김하늘","customerMobilePhone":"010-1"}      | customerMobilePhone
        {"bank":"88","customerName":"김하늘","dueAt":"tomorrow"}                 | dueAt
        {"bank":"88","customerName":"김하늘","dueAt":"2020-01-01T00:00:00Z"}     | dueAt
        {"bank":"88","customerName":"김하늘","validHours":2161}                  | validHours
        {"bank":"88","customerName":"김하늘","validHours":1,"dueAt":"2099-01-01T00:00:00Z"} | dueAt, validHours
        """)
    void request_that_makes_no_sense_says_which_field(String body, String field) {
        OrderId order = driver.aPlacedOrder();

        Driver.Answer refused = driver.post(Driver.accountPath(order), body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("detail")).startsWith(field + ":");
        assertThat(toss.openings(order)).isEmpty();
    }

    private boolean isAsked(OrderId order) {
        return !driver.texts("SELECT id::text FROM payment WHERE order_id = ? AND account_asked_at IS NOT NULL", order)
                .isEmpty();
    }

    private static String openings(String what) {
        return "SELECT " + what.replace("status", "payment_opening.status")
                + " FROM payment_opening JOIN payment ON payment.id = payment_id WHERE order_id = ?";
    }

    private static ObjectNode runOut(ObjectNode payment) {
        ((ObjectNode) payment.path("virtualAccount")).put("expired", true);
        return payment;
    }

    private static ObjectNode deposited(ObjectNode payment) {
        return payment.put("status", "DONE").put("approvedAt", "2026-01-06T12:00:00+09:00");
    }
}
