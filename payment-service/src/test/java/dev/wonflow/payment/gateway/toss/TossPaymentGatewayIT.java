package dev.wonflow.payment.gateway.toss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.Attempt;
import dev.wonflow.payment.gateway.Buyer;
import dev.wonflow.payment.gateway.CallRoom;
import dev.wonflow.payment.gateway.CancelOutcome;
import dev.wonflow.payment.gateway.Cancellation;
import dev.wonflow.payment.gateway.Closing;
import dev.wonflow.payment.gateway.ClosingOutcome;
import dev.wonflow.payment.gateway.GatewayAccount;
import dev.wonflow.payment.gateway.GatewayCancel;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayFinding.State;
import dev.wonflow.payment.gateway.GatewayOutcome;
import dev.wonflow.payment.gateway.GatewayPayment;
import dev.wonflow.payment.gateway.Opening;
import dev.wonflow.payment.gateway.OpeningOutcome;
import dev.wonflow.payment.gateway.PaymentGateway;
import dev.wonflow.payment.gateway.RefundAccount;
import dev.wonflow.payment.gateway.Remittance;
import dev.wonflow.payment.gateway.quota.Use;
import dev.wonflow.payment.payment.World;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.SequentialIds;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TossPaymentGatewayIT {

    private static final OrderId ORDER = new OrderId("ord_019b8c18e38073c4af0b6d4c8e91a001");

    private static final OrderId ACCOUNT_ORDER = new OrderId("ord_019b8c18e38073c4af0b6d4c8e91a0f1");
    private static final Opening OPENING = opening(1);
    private static final JsonMapper JSON = new JsonMapper();

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final World world = new World();
    private final TossStub toss = new TossStub();
    private final PaymentKey key = toss.authenticated(ORDER, 33_000);
    private final Attempt attempt =
            new Attempt(new PaymentId(SequentialIds.id(1)), key, ORDER, Money.ofWon(33_000), MutableClock.START);

    @AfterEach
    void stop() {
        toss.close();
    }

    @Test
    void approval_is_read_with_all_that_matters_and_despite_fields_of_the_future() {
        assertThat(confirm()).isInstanceOfSatisfying(GatewayOutcome.Approved.class, approved -> {
            GatewayPayment gatewayPayment = approved.gatewayPayment();
            assertThat(gatewayPayment.orderId()).isEqualTo(ORDER);
            assertThat(gatewayPayment.paymentKey()).isEqualTo(key);
            assertThat(gatewayPayment.amount()).isEqualTo(Money.ofWon(33_000));
            assertThat(gatewayPayment.balance()).isEqualTo(Money.ofWon(33_000));
            assertThat(gatewayPayment.currency()).isEqualTo("KRW");
            assertThat(gatewayPayment.method()).isEqualTo("카드");
            assertThat(gatewayPayment.approvedAt()).isEqualTo(Instant.parse("2026-01-05T03:00:32Z"));
            assertThat(gatewayPayment.lastTransactionKey()).isEqualTo("txrd_a01kdp3v9h2m7q5x8c4n6t0w1by");
        });
    }

    @Test
    void age_of_the_attempt_is_measured_at_each_answer_whatever_it_says() {
        world.clock.set(attempt.startedAt().plusSeconds(240));
        toss.next(ORDER, new TossStub.Fault.Reset());

        assertThat(confirm()).isInstanceOf(GatewayOutcome.Unknown.class);

        assertThat(meters.get("wonflow.confirm.age").timer().max(TimeUnit.SECONDS))
                .isEqualTo(240);
    }

    @Test
    void key_travels_as_toss_documents_it() {
        // The pair of the documentation's own example.
        PaymentGateway gateway = gateway(toss.url(), "test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R", "test_ck_x");

        assertThat(gateway.confirm(attempt)).isInstanceOf(GatewayOutcome.Approved.class);
        assertThat(toss.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.authorization())
                        .isEqualTo("Basic dGVzdF9za196WExrS0V5cE5BcldtbzUwblgzbG1lYXhZRzVSOg=="));
    }

    @Test
    void virtual_account_is_a_success_that_is_not_paid() {
        toss.next(ORDER, bent(payment -> {
            payment.put("status", "WAITING_FOR_DEPOSIT").putNull("approvedAt").put("method", "가상계좌");
            // Without an offset, as some real answers have it: Seoul's time.
            payment.putObject("virtualAccount").put("dueDate", "2026-01-12T12:00:00");
            return payment;
        }));

        assertThat(confirm())
                .isInstanceOfSatisfying(
                        GatewayOutcome.WaitingForDeposit.class,
                        waiting -> assertThat(waiting.gatewayPayment().dueAt())
                                .isEqualTo(Instant.parse("2026-01-12T03:00:00Z")));
    }

    @Test
    void silence_is_unknown() {
        toss.next(ORDER, new TossStub.Fault.Slow(Duration.ofMinutes(1)));

        assertThat(gateway(toss.url(), "test_sk_1", "test_ck_1", Duration.ofMillis(300))
                        .confirm(attempt))
                .isEqualTo(new GatewayOutcome.Unknown("TIMEOUT"));
    }

    @Test
    void broken_connection_is_unknown() {
        toss.next(ORDER, new TossStub.Fault.AnswerLost());

        assertThat(confirm()).isEqualTo(new GatewayOutcome.Unknown("CONNECTION_LOST"));
        assertThat(toss.confirms(ORDER))
                .as("calls, none of them repeated below us")
                .hasSize(1);
    }

    @Test
    void nobody_there_is_unknown_too() {
        String url = toss.url();
        toss.close();

        assertThat(gateway(url, "test_sk_1", "test_ck_1").confirm(attempt))
                .isEqualTo(new GatewayOutcome.Unknown("NO_CONNECTION"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        500, FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING, Unknown
        400, PROVIDER_ERROR,                            Unknown
        400, ALREADY_PROCESSED_PAYMENT,                 Unknown
        409, IDEMPOTENT_REQUEST_PROCESSING,             Unknown
        400, CODE_OF_THE_FUTURE,                        Unknown
        403, REJECT_CARD_PAYMENT,                       Declined
        400, INVALID_STOPPED_CARD,                      Declined
        500, REJECT_CARD_COMPANY,                       Declined
        401, UNAUTHORIZED_KEY,                          OurFault
        """)
    void code_decides_and_not_the_status(int status, String code, String outcome) {
        toss.next(ORDER, new TossStub.Fault.Refusal(status, code));

        assertThat(confirm().getClass().getSimpleName()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        429 | ''                        | HTTP_429
        502 | <html>Bad Gateway</html>  | UNCLEAR_ANSWER
        200 | ''                        | UNCLEAR_ANSWER
        200 | {                         | UNCLEAR_ANSWER
        200 | []                        | UNCLEAR_ANSWER
        200 | {"status":"DONE"}         | UNCLEAR_ANSWER
        302 | {}                        | HTTP_302
        400 | {"code":7}                | HTTP_400
        """)
    void garbage_is_unknown(int status, String body, String cause) {
        toss.next(ORDER, new TossStub.Fault.Bytes(status, body));

        assertThat(confirm()).isEqualTo(new GatewayOutcome.Unknown(cause));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"READY", "IN_PROGRESS", "CANCELED", "PARTIAL_CANCELED", "ABORTED", "EXPIRED", "LOST_AT_SEA"})
    void success_with_another_state_is_unknown(String status) {
        toss.next(ORDER, bent(payment -> payment.put("status", status)));

        assertThat(confirm()).isInstanceOf(GatewayOutcome.Unknown.class);
    }

    @Test
    void account_is_asked_for_in_tosss_words_and_read_as_toss_shows_it() {
        OpeningOutcome outcome = gateway().open(OPENING);

        assertThat(outcome).isInstanceOfSatisfying(OpeningOutcome.Answered.class, answered -> {
            assertThat(answered.seen().state()).isEqualTo(State.WAITING_FOR_DEPOSIT);
            assertThat(answered.seen().gatewayPayment().dueAt()).isEqualTo(OPENING.dueAt());
            assertThat(answered.seen().gatewayPayment().account())
                    .isEqualTo(new GatewayAccount("88", TossStub.ACCOUNT_NUMBER, "김하늘", Remittance.NONE));
        });
        assertThat(toss.openings(ACCOUNT_ORDER)).singleElement().satisfies(call -> {
            assertThat(call.idempotencyKey()).isEqualTo("account:" + OPENING.openingId() + ":1");
            assertThat(JSON.readTree(call.body())).isEqualTo(JSON.readTree("""
                    {"amount":33000,"orderId":"ord_019b8c18e38073c4af0b6d4c8e91a0f1","orderName":"머그컵","customerName":"김하늘",
                     "bank":"88","dueDate":"2026-01-12T12:00:00","customerMobilePhone":"01012345678"}
                    """));
        });
        assertThat(OPENING).hasToString("opening " + OPENING.openingId() + ", call 1");
    }

    @Test
    void repeated_opening_is_answered_with_the_same_account_and_another_one_with_the_code_for_it() {
        gateway().open(OPENING);

        assertThat(gateway().open(OPENING)).isInstanceOf(OpeningOutcome.Answered.class);
        assertThat(gateway().open(opening(2))).isInstanceOf(OpeningOutcome.Happened.class);
        assertThat(toss.openings(ACCOUNT_ORDER).stream().filter(TossStub.Call::effect))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        400, INVALID_BANK,                       Declined
        400, EXCEED_MAX_DUE_DATE,                Declined
        400, INVALID_REQUEST,                    OurFault
        403, INCORRECT_BASIC_AUTH_FORMAT,        OurFault
        400, DUPLICATED_ORDER_ID,                Happened
        500, FAILED_DB_PROCESSING,               Unclear
        400, PROVIDER_ERROR,                     Unclear
        400, CODE_OF_THE_FUTURE,                 Unclear
        429, TOO_MANY,                           Unclear
        409, IDEMPOTENT_REQUEST_PROCESSING,      Unknown
        """)
    void code_decides_what_became_of_an_opening(int status, String code, String outcome) {
        toss.next(ACCOUNT_ORDER, new TossStub.Fault.Refusal(status, code));

        assertThat(gateway().open(OPENING).getClass().getSimpleName()).isEqualTo(outcome);
    }

    @Test
    void opening_whose_answer_is_lost_is_not_known() {
        toss.next(ACCOUNT_ORDER, new TossStub.Fault.AnswerLost());

        assertThat(gateway().open(OPENING)).isEqualTo(new OpeningOutcome.Unknown("CONNECTION_LOST"));
    }

    private static Opening opening(int number) {
        return new Opening(
                SequentialIds.id(7),
                number,
                ACCOUNT_ORDER,
                "머그컵",
                Money.ofWon(33_000),
                "88",
                new Buyer("김하늘", "01012345678"),
                Instant.parse("2026-01-12T03:00:00Z"));
    }

    @Test
    void sums_that_are_no_won_are_unknown() {
        toss.next(
                ORDER,
                bent(payment -> payment.put("totalAmount", 33_000.5)),
                bent(payment -> payment.put("totalAmount", "33000")),
                bent(payment -> payment.put("balanceAmount", -1)),
                bent(payment -> payment.put("balanceAmount", 33_001)));

        for (int i = 0; i < 4; i++) {
            assertThat(confirm()).isEqualTo(new GatewayOutcome.Unknown("UNCLEAR_ANSWER"));
        }
    }

    @Test
    void whole_won_written_with_a_fraction_are_read() {
        toss.next(ORDER, bent(payment -> payment.put("totalAmount", 50_000_000_000.0)));

        assertThat(confirm())
                .isInstanceOfSatisfying(
                        GatewayOutcome.Approved.class,
                        approved ->
                                assertThat(approved.gatewayPayment().amount()).isEqualTo(Money.ofWon(50_000_000_000L)));
    }

    @Test
    void payment_is_found_by_key_and_by_order() {
        toss.status(key, "LOST_AT_SEA");

        assertThat(gateway().find(key))
                .isInstanceOfSatisfying(
                        GatewayFinding.Seen.class,
                        seen -> assertThat(seen.state()).isEqualTo(State.UNLISTED));
        assertThat(gateway().find(ORDER)).isInstanceOf(GatewayFinding.Seen.class);
        assertThat(gateway().find(new PaymentKey("a/../b?c#d")))
                .isEqualTo(new GatewayFinding.Absent("NOT_FOUND_PAYMENT"));
        assertThat(toss.calls())
                .extracting(TossStub.Call::path)
                .containsExactly(
                        "/v1/payments/" + key, "/v1/payments/orders/" + ORDER, "/v1/payments/a%2F..%2Fb%3Fc%23d");
    }

    @Test
    void account_is_closed_as_a_whole_and_under_the_key_of_its_intent() {
        toss.status(key, "WAITING_FOR_DEPOSIT");

        assertThat(gateway().close(closing()))
                .isInstanceOfSatisfying(
                        ClosingOutcome.Answered.class,
                        answered -> assertThat(answered.seen().state()).isEqualTo(State.CANCELED));
        assertThat(toss.calls()).singleElement().satisfies(call -> {
            assertThat(call.path()).isEqualTo("/v1/payments/" + key + "/cancel");
            assertThat(call.idempotencyKey()).isEqualTo("close:" + ORDER + ":" + key + ":3");
            assertThat(call.body()).isEqualTo("{\"cancelReason\":\"주문 취소\"}");
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        400, ALREADY_CANCELED_PAYMENT,         Refused
        400, INVALID_REFUND_ACCOUNT_INFO,      Refused
        500, FAILED_REFUND_PROCESS,            Refused
        401, UNAUTHORIZED_KEY,                 Refused
        409, IDEMPOTENT_REQUEST_PROCESSING,    Unknown
        """)
    void closing_that_was_answered_needs_a_new_key_and_one_still_running_does_not(
            int status, String code, String outcome) {
        toss.next(ORDER, new TossStub.Fault.Refusal(status, code));

        assertThat(gateway().close(closing()).getClass().getSimpleName()).isEqualTo(outcome);
    }

    @Test
    void closing_without_an_answer_is_unknown() {
        toss.next(ORDER, new TossStub.Fault.AnswerLost(), new TossStub.Fault.Bytes(502, "<html>"));

        assertThat(gateway().close(closing())).isEqualTo(new ClosingOutcome.Unknown("CONNECTION_LOST"));
        assertThat(gateway().close(closing())).isEqualTo(new ClosingOutcome.Unknown("UNCLEAR_ANSWER"));
    }

    @Test
    void account_that_has_run_out_is_told_from_one_that_waits() {
        toss.change(key, payment -> {
            payment.put("status", "WAITING_FOR_DEPOSIT")
                    .putObject("virtualAccount")
                    .put("expired", true);
            return payment;
        });

        assertThat(gateway().find(key))
                .isInstanceOfSatisfying(
                        GatewayFinding.Seen.class,
                        seen -> assertThat(seen.gatewayPayment().expired()).isTrue());
    }

    @Test
    void expired_payment_tells_why() {
        toss.change(key, payment -> {
            payment.put("status", "EXPIRED").putNull("method").putNull("secret");
            payment.putObject("failure").put("code", "EXPIRED_PAYMENT").put("message", "결제가 만료되었습니다.");
            return payment;
        });

        assertThat(gateway().find(key)).isInstanceOfSatisfying(GatewayFinding.Seen.class, seen -> {
            assertThat(seen.state()).isEqualTo(State.EXPIRED);
            assertThat(seen.failure())
                    .isNotNull()
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo("EXPIRED_PAYMENT"));
        });
    }

    @Test
    void too_many_calls_are_no_word_about_a_refund() {
        toss.next(ORDER, new TossStub.Fault.Refusal(429, "TOO_MANY_REQUESTS"));

        assertThat(gateway().cancel(cancellation(1, 12_000, 33_000, null)))
                .isEqualTo(new CancelOutcome.TooManyCalls("TOO_MANY_REQUESTS"));
    }

    @Test
    void too_many_calls_are_temporary_and_give_questions_a_rest() {
        toss.next(ORDER, new TossStub.Fault.Refusal(429, "TOO_MANY_REQUESTS"));
        assertThat(world.quota.take(Set.of(Use.REQUIRED))).isPresent();

        assertThat(gateway().find(key)).isEqualTo(new GatewayFinding.Unclear("TOO_MANY_REQUESTS"));

        assertThat(world.quota.take(Set.of(Use.REQUIRED, Use.HINTED))).isEmpty();
        world.clock.advance(Duration.ofSeconds(9));
        assertThat(world.quota.take(Set.of(Use.REQUIRED, Use.HINTED))).isEmpty();
        world.clock.advance(Duration.ofSeconds(5));
        assertThat(world.quota.take(Set.of(Use.REQUIRED))).contains(Use.REQUIRED);
    }

    @Test
    void confirms_are_counted_and_questions_about_hints_give_way_to_them() {
        PaymentGateway gateway = gateway();
        for (int i = 0; i < 40; i++) {
            gateway.confirm(attempt);
        }

        // Four times as dear as else: of the six that were saved up one is left.
        assertThat(world.quota.take(Set.of(Use.HINTED))).contains(Use.HINTED);
        assertThat(world.quota.take(Set.of(Use.HINTED))).isEmpty();
        assertThat(world.quota.take(Set.of(Use.REQUIRED))).contains(Use.REQUIRED);
    }

    @Test
    void look_inside_a_confirm_is_counted_like_the_confirm() {
        PaymentGateway gateway = gateway();
        for (int i = 0; i < 40; i++) {
            gateway.findAtOnce(key);
        }

        assertThat(world.quota.take(Set.of(Use.HINTED))).contains(Use.HINTED);
        assertThat(world.quota.take(Set.of(Use.HINTED))).isEmpty();
    }

    @Test
    void sum_in_another_currency_is_read_so_that_the_end_of_its_window_is_seen() {
        toss.next(
                ORDER,
                bent(payment -> payment.put("status", "EXPIRED")
                        .put("currency", "USD")
                        .put("totalAmount", 10.5)
                        .put("balanceAmount", 0)));

        assertThat(gateway().find(key)).isInstanceOfSatisfying(GatewayFinding.Seen.class, seen -> {
            assertThat(seen.state()).isEqualTo(GatewayFinding.State.EXPIRED);
            assertThat(seen.gatewayPayment().currency()).isEqualTo("USD");
        });
    }

    @Test
    void answer_longer_than_any_payment_is_unclear_and_not_read_to_its_end() {
        toss.next(ORDER, bent(payment -> payment.put("fieldOfTheFuture", "x".repeat(300 * 1024))));

        assertThat(confirm()).isEqualTo(new GatewayOutcome.Unknown("UNCLEAR_ANSWER"));
    }

    @Test
    void part_is_given_back_under_the_key_of_its_refund_and_only_from_the_sum_it_was_meant_for() {
        confirm();

        assertThat(gateway().cancel(cancellation(1, 12_000, 33_000, null)))
                .isInstanceOfSatisfying(CancelOutcome.Answered.class, answered -> {
                    GatewayPayment gatewayPayment = answered.seen().gatewayPayment();
                    assertThat(answered.seen().state()).isEqualTo(State.PARTIAL_CANCELED);
                    assertThat(gatewayPayment.balance()).isEqualTo(Money.ofWon(21_000));
                    assertThat(gatewayPayment.cancelsAddUp()).isTrue();
                    assertThat(gatewayPayment.cancels()).singleElement().satisfies(cancel -> {
                        assertThat(cancel.amount()).isEqualTo(Money.ofWon(12_000));
                        assertThat(cancel.balanceAfter()).isEqualTo(Money.ofWon(21_000));
                        assertThat(cancel.state()).isEqualTo(GatewayCancel.State.DONE);
                        assertThat(cancel.canceledAt()).isEqualTo(Instant.parse("2026-01-06T03:00:00Z"));
                    });
                });
        assertThat(gateway().cancel(cancellation(2, 12_000, 33_000, null)))
                .isInstanceOfSatisfying(
                        CancelOutcome.Overtaken.class,
                        overtaken -> assertThat(overtaken.failure().code()).isEqualTo("NOT_MATCHES_REFUNDABLE_AMOUNT"));
        assertThat(toss.cancels(ORDER)).extracting(TossStub.Call::body).first().isEqualTo("""
                {"cancelReason":"고객 변심","cancelAmount":12000,"refundableAmount":33000}""");
        assertThat(toss.cancels(ORDER))
                .extracting(TossStub.Call::idempotencyKey)
                .containsExactly("refund:" + SequentialIds.id(7) + ":1", "refund:" + SequentialIds.id(7) + ":2");
    }

    @Test
    void deposit_goes_back_to_the_account_that_is_named() {
        confirm();

        var _ = gateway().cancel(cancellation(1, 33_000, 33_000, new RefundAccount("88", "110123456789", "김하늘")));

        assertThat(toss.cancels(ORDER))
                .singleElement()
                .satisfies(
                        call -> assertThat(call.body())
                                .endsWith(
                                        "\"refundReceiveAccount\":{\"bank\":\"88\",\"accountNumber\":\"110123456789\",\"holderName\":\"김하늘\"}}"));
    }

    @Test
    void cancel_without_an_answer_is_unknown() {
        confirm();
        toss.next(ORDER, new TossStub.Fault.AnswerLost(), bent(payment -> payment.put("paymentKey", "another")));

        assertThat(gateway().cancel(cancellation(1, 12_000, 33_000, null)))
                .isEqualTo(new CancelOutcome.Unknown("CONNECTION_LOST"));
        assertThat(gateway().cancel(cancellation(1, 12_000, 33_000, null)))
                .isEqualTo(new CancelOutcome.Unknown("ANSWER_CONTRADICTS"));
        assertThat(toss.cancels(ORDER)).filteredOn(TossStub.Call::effect).hasSize(1);
    }

    @Test
    void cancel_that_cannot_be_read_is_missed_and_the_rest_is_read() {
        confirm();
        toss.cancelInConsole(key, 1_000);
        toss.cancelInConsole(key, 2_000);
        toss.next(ORDER, bent(payment -> {
            ((ObjectNode) payment.path("cancels").path(0)).put("cancelAmount", "1000");
            ((ObjectNode) payment.path("cancels").path(1)).put("cancelStatus", "UNHEARD_OF");
            return payment;
        }));

        assertThat(gateway().find(key)).isInstanceOfSatisfying(GatewayFinding.Seen.class, seen -> {
            assertThat(seen.gatewayPayment().cancels())
                    .extracting(GatewayCancel::state)
                    .containsExactly(GatewayCancel.State.IN_PROGRESS);
            assertThat(seen.gatewayPayment().cancelsAddUp()).isFalse();
            assertThat(seen.gatewayPayment().settledBalance()).isEqualTo(Money.ofWon(32_000));
        });
    }

    private Cancellation cancellation(int number, long amount, long refundable, @Nullable RefundAccount account) {
        return new Cancellation(
                SequentialIds.id(7),
                key,
                number,
                Money.ofWon(amount),
                Money.ofWon(refundable),
                Money.ZERO,
                "고객 변심",
                account);
    }

    private static TossStub.Fault bent(UnaryOperator<ObjectNode> bend) {
        return new TossStub.Fault.Bent(bend);
    }

    private Closing closing() {
        return new Closing(attempt.paymentId(), key, ORDER, 3);
    }

    private GatewayOutcome confirm() {
        return gateway().confirm(attempt);
    }

    private PaymentGateway gateway() {
        return gateway(toss.url(), "test_sk_1", "test_ck_1");
    }

    private PaymentGateway gateway(String url, String secretKey, String clientKey) {
        return gateway(url, secretKey, clientKey, Duration.ofSeconds(20));
    }

    private PaymentGateway gateway(String url, String secretKey, String clientKey, Duration readTimeout) {
        return new TossConfiguration()
                .tossPaymentGateway(
                        RestClient.builder(),
                        new TossAccess(URI.create(url), secretKey, clientKey),
                        new TossProperties(
                                Duration.ofSeconds(5), readTimeout, readTimeout, readTimeout, 1, 1, 1, 1, false),
                        world.quota,
                        new CallRoom(Map.of()),
                        new JsonMapper(),
                        meters,
                        world.clock);
    }
}
