package dev.wonflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.testsupport.server.TestServers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Every code that is on the service's list of Toss's errors, answered by the sandbox to the call it is listed for: how
 * payment, refund, charge, method or receipt stands, what the world is told, and what the caller is answered. An error
 * of status 500 is tried twice, since it proves nothing: once when nothing happened, and once when all of it did. They
 * are tried together; then time is moved on: until lost answers are looked for, until calls at work at Toss end, and
 * past the last moment at which Toss takes money.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryCodeE2E {

    private static final String DECLINED = "DECLINED";
    private static final String OUR_FAULT = "OUR_FAULT";
    private static final String RUNNING = "IDEMPOTENT_REQUEST_PROCESSING";
    private static final String PROCESSED = "ALREADY_PROCESSED_PAYMENT";
    private static final String REMOVED_KEY = "ALREADY_REMOVED_BILLING_KEY";

    private static final long AMOUNT = LonePayments.AMOUNT;
    private static final long CHARGED = 29_000;
    private static final long PART = 13_000;
    private static final String RECEIPT = "CONFIRM 33000";
    private static final String TAKEN_BACK = "CANCEL 13000";
    private static final int AT_ONCE = 16;

    private static final Duration UNTIL_LOOKED_FOR = Duration.ofMinutes(1);
    /** The second look takes no more than double. */
    private static final Duration UNTIL_LOOKED_FOR_AGAIN = Duration.ofMinutes(2);

    private static final Duration AT_WORK = Duration.ofMinutes(5);
    private static final Duration PAST_THE_WINDOW = Duration.ofMinutes(11);

    /** The declines of a charge that are of a day and not of a card. */
    private static final Set<String> OF_THE_DAY =
            Set.of("REJECT_CARD_PAYMENT", "REJECT_ACCOUNT_PAYMENT", "REJECT_CARD_COMPANY", "EXCEED_MAX_AUTH_COUNT");

    private final LonePayments payments = new LonePayments(
            "everycode",
            UnaryOperator.identity(),
            Map.of(),
            Map.ofEntries(
                    Map.entry("WONFLOW_CLOCK_MOVABLE", "true"),
                    Map.entry("MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE", "health,clock"),
                    Map.entry("WONFLOW_QUOTA_PERMINUTE", "60000"),
                    Map.entry("WONFLOW_BILLING_REMOVALPAUSE", "30s"),
                    Map.entry("WONFLOW_STATUSCHECK_POLLINTERVAL", "200ms"),
                    Map.entry("WONFLOW_REFUND_POLLINTERVAL", "200ms"),
                    Map.entry("WONFLOW_CHARGE_POLLINTERVAL", "200ms"),
                    // A caller is answered before anybody has looked, and nobody looks before time is moved.
                    Map.entry("WONFLOW_REFUND_PATIENCE", "6s"),
                    Map.entry("WONFLOW_REFUND_FIRSTDELAY", "1m"),
                    Map.entry("WONFLOW_CHARGE_FIRSTDELAY", "1m"),
                    Map.entry("WONFLOW_CASHRECEIPT_POLLINTERVAL", "200ms"),
                    Map.entry("WONFLOW_CASHRECEIPT_PATIENCE", "6s"),
                    Map.entry("WONFLOW_CASHRECEIPT_FIRSTDELAY", "1m"),
                    // What the tax office decides is of another day, and would be struck instead.
                    Map.entry("WONFLOW_CASHRECEIPT_FIRSTLOOK", "12h")));

    private final Topics topics = new Topics(TestServers.kafka().bootstrapServers(), List.of("payment.events"));
    private final List<Trial> trials = new CopyOnWriteArrayList<>();

    /** What is asked of Toss, as the list, the control API and the caller call it. */
    enum Operation {
        CONFIRM("confirm"),
        CANCEL("cancel"),
        OPEN("virtual-account"),
        ISSUE("billing-issue"),
        CHARGE("billing-charge"),
        REMOVE("billing-delete"),
        RECEIPT_ISSUE("cash-receipt"),
        RECEIPT_CANCEL("cash-receipt-cancel"),
        RECEIPT_LIST("cash-receipt-list"),
        LOOKUP("inquiry");

        private final String label;

        Operation(String label) {
            this.label = label;
        }

        private boolean isOfOneOrder() {
            return switch (this) {
                case ISSUE, REMOVE, RECEIPT_LIST -> false;
                case CONFIRM, CANCEL, OPEN, CHARGE, RECEIPT_ISSUE, RECEIPT_CANCEL, LOOKUP -> true;
            };
        }
    }

    /**
     * A code that Toss is to answer with.
     *
     * @param happened whether what was asked for has happened all the same
     */
    record Code(Operation operation, String name, String meaning, boolean happened) {

        boolean isCertain() {
            return meaning.equals(DECLINED)
                    // No account under its key, whoever is to blame.
                    || (operation == Operation.OPEN && meaning.equals(OUR_FAULT))
                    || (operation == Operation.CHARGE && name.equals(REMOVED_KEY));
        }

        @Override
        public String toString() {
            return name + (happened ? ", and it happened" : "");
        }
    }

    /**
     * One that it has answered with.
     *
     * @param about the order or the billing method
     * @param answer to the caller
     */
    record Trial(Code code, String about, Http.Answer answer) {

        @Override
        public String toString() {
            return code.toString();
        }
    }

    @BeforeAll
    void all_are_tried() {
        List<Code> together = new ArrayList<>();
        List<Code> oneByOne = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            boolean ofOrders = operation.isOfOneOrder();
            ListedCodes.of(operation.name()).forEach((name, meaning) -> {
                List<Code> codes = ofOrders ? together : oneByOne;
                codes.add(new Code(operation, name, meaning, false));
                codes.add(new Code(operation, name, meaning, true));
            });
        }
        // Calls that name no order: what is armed for one of them would strike another.
        oneByOne.forEach(this::trial);
        try (ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<CompletableFuture<Void>> tried = together.stream()
                    .map(code -> CompletableFuture.runAsync(() -> trial(code), callers))
                    .toList();
            tried.forEach(CompletableFuture::join);
        }
        payments.moveTo(payments.now().plus(UNTIL_LOOKED_FOR));
        for (String path : List.of(
                "/v1/payments/confirm",
                "/v1/payments/.+/cancel",
                "/v1/billing/[^/]+",
                "/v1/cash-receipts",
                "/v1/cash-receipts/.+/cancel")) {
            await(path + ", asked for again while it is at work")
                    .atMost(LonePayments.LIMIT)
                    .until(() -> isTurnedAway(path));
        }
        payments.moveTo(payments.now().plus(AT_WORK));
        awaitTheEndOfThoseAtWork();
        payments.moveTo(payments.now().plus(PAST_THE_WINDOW));
    }

    /** Whether an attempt is made in time or runs out must not depend on which of the two the sandbox sees to first. */
    private void awaitTheEndOfThoseAtWork() {
        for (Operation operation : List.of(Operation.CONFIRM, Operation.CANCEL, Operation.CHARGE)) {
            String end = operation == Operation.CANCEL ? "CANCELED" : "DONE";
            tried(operation)
                    .filter(trial -> trial.code().name().equals(RUNNING))
                    .forEach(trial -> await(operation + " of " + trial.about() + ", at work at Toss")
                            .atMost(LonePayments.LIMIT)
                            .until(() -> payments.atToss(trial.about()).text("status"), end::equals));
        }
    }

    @AfterAll
    void stop() {
        topics.close();
        payments.close();
    }

    private void trial(Code code) {
        switch (code.operation()) {
            case CONFIRM -> confirm(code);
            case CANCEL -> cancel(code);
            case OPEN -> open(code);
            case ISSUE -> issue(code);
            case CHARGE -> charge(code);
            case REMOVE -> remove(code);
            case RECEIPT_ISSUE -> issueReceipt(code);
            case RECEIPT_CANCEL -> takeReceiptBack(code);
            case RECEIPT_LIST -> lookForReceipt(code);
            case LOOKUP -> lookUp(code);
        }
    }

    private void confirm(Code code) {
        String order = payments.awaitOrder();
        String key = payments.authenticated(order);
        if (code.name().equals(PROCESSED) && code.happened()) {
            // Toss says it of itself.
            Http.Answer processed = payments.postToToss(
                    "/v1/payments/confirm", Map.of("paymentKey", key, "orderId", order, "amount", AMOUNT));
            assertThat(processed.status()).as(processed.toString()).isEqualTo(200);
            add(code, order, payments.confirm(order, key));
        } else if (arms(code, Map.of("orderId", order))) {
            add(code, order, payments.confirm(order, key));
        }
    }

    private void cancel(Code code) {
        String order = paid();
        if (arms(code, Map.of("orderId", order))) {
            add(code, order, payments.refund(order, AMOUNT));
        }
    }

    private void open(Code code) {
        String order = payments.awaitOrder();
        if (arms(code, Map.of("orderId", order))) {
            add(code, order, payments.openAccount(order));
        }
    }

    private void issue(Code code) {
        Map<String, String> agreed = payments.agreed();
        if (!arms(code, Map.of())) {
            return;
        }
        Http.Answer answer = payments.register(agreed);
        if (code.name().equals(RUNNING)) {
            // Nobody answered the first request, and it is at work yet.
            assertThat(answer.text("code")).isEqualTo("billing.not-known");
            answer = payments.register(agreed);
        }
        add(code, "", answer);
    }

    private void charge(Code code) {
        UUID charge = UUID.randomUUID();
        String order = "chg_" + charge.toString().replace("-", "");
        String method = payments.billingMethod();
        if (arms(code, Map.of("orderId", order))) {
            topics.requestCharge(charge, method, CHARGED);
            await("charge " + order + " that is answered " + code)
                    .atMost(LonePayments.LIMIT)
                    .until(() -> !payments.events(order).isEmpty());
            add(code, order, payments.get("/api/billing-methods/" + method));
        }
    }

    private void remove(Code code) {
        String method = payments.billingMethod();
        if (arms(code, Map.of())) {
            Http.Answer answer = payments.delete("/api/billing-methods/" + method);
            await("removal that is answered " + code)
                    .atMost(LonePayments.LIMIT)
                    .until(() -> armed(code.operation()).isEmpty());
            add(code, method, answer);
        }
    }

    private void issueReceipt(Code code) {
        String order = paid("계좌이체");
        if (arms(code, Map.of("orderId", order))) {
            add(code, order, payments.issueReceipt(order));
        }
    }

    /** Nobody asks for it: it follows the money that goes back. */
    private void takeReceiptBack(Code code) {
        String order = paid("계좌이체");
        assertThat(payments.isReceiptIssued(order)).isTrue();
        if (arms(code, Map.of("orderId", order))) {
            add(code, order, payments.refund(order, PART));
        }
    }

    /** Toss passed a receipt on and was not heard; who looks for it is answered with the code, and looks again. */
    private void lookForReceipt(Code code) {
        if (code.happened()) {
            return;
        }
        String order = paid("계좌이체");
        arm(Map.of("kind", "ANSWER_LOST_AFTER_EFFECT", "operation", "cash-receipt", "orderId", order));
        if (arms(code, Map.of())) {
            add(code, order, payments.issueReceipt(order));
            payments.moveTo(payments.now().plus(UNTIL_LOOKED_FOR));
            await("look that is answered " + code)
                    .atMost(LonePayments.LIMIT)
                    .until(() -> armed(code.operation()).isEmpty());
            payments.moveTo(payments.now().plus(UNTIL_LOOKED_FOR_AGAIN));
            awaitReceipts(order, RECEIPT);
        }
    }

    /** Toss took the money and was not heard; who asks what became of it is answered with the code. */
    private void lookUp(Code code) {
        if (code.happened()) {
            return;
        }
        String order = payments.awaitOrder();
        String key = payments.authenticated(order);
        arm(Map.of("kind", "ANSWER_LOST_AFTER_EFFECT", "operation", "confirm", "orderId", order));
        if (arms(code, Map.of("orderId", order))) {
            add(code, order, payments.confirm(order, key));
        }
    }

    private String paid() {
        return paid("카드");
    }

    /** Paid by a method, in Toss's word. */
    private String paid(String method) {
        String order = payments.awaitOrder();
        payments.pay(order, payments.authenticated(order, method));
        return order;
    }

    private void add(Code code, String about, Http.Answer answer) {
        trials.add(new Trial(code, about, answer));
    }

    /** Whether the call can be answered so: what says that nothing happened is said of nothing else. */
    private boolean arms(Code code, Map<String, String> subject) {
        Map<String, String> fault = new HashMap<>(subject);
        fault.put("operation", code.operation().label);
        if (code.name().equals(RUNNING)) {
            if (code.happened()) {
                return false;
            }
            // Toss says it of itself, when the same is asked for while the first call is at work.
            fault.put("kind", "SLOW_BEFORE_EFFECT");
            fault.put("delay", AT_WORK.toString());
        } else {
            fault.put("kind", code.happened() ? "ERROR_AFTER_EFFECT" : "DECLINE");
            fault.put("code", code.name());
        }
        return arm(fault);
    }

    private boolean arm(Map<String, String> fault) {
        Http.Answer armed = payments.postToToss("/control/faults", fault);
        boolean cannotHideSuccess = armed.status() == 400
                && armed.text("message").contains("one with status 500")
                && "ERROR_AFTER_EFFECT".equals(fault.get("kind"));
        assertThat(armed.status() == 201 || cannotHideSuccess)
                .as("%s: %s", fault, armed)
                .isTrue();
        return armed.status() == 201;
    }

    /** The faults that have struck nothing yet. */
    private List<String> armed(Operation operation) {
        return payments.getAtToss("/control/faults")
                .body()
                .valueStream()
                .filter(fault -> fault.path("operation").asString().equals(operation.label))
                .map(fault -> fault.path("code").asString())
                .toList();
    }

    /** Whether a call was told that the first one under its key is at work. */
    private boolean isTurnedAway(String path) {
        return payments.getAtToss("/control/calls")
                .body()
                .valueStream()
                .filter(call -> call.path("path").asString().matches(path))
                .anyMatch(call -> call.path("status").intValue() == 409);
    }

    @Test
    void every_call_that_has_a_list_is_tried() {
        assertThat(Stream.of(Operation.values()).map(Operation::name))
                .containsExactlyInAnyOrderElementsOf(ListedCodes.operations());
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void every_code_on_the_list_was_answered(Operation operation) {
        assertThat(tried(operation).map(trial -> trial.code().name()))
                .containsAll(ListedCodes.of(operation.name()).keySet());
        assertThat(armed(operation)).as("codes that no call was answered with").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("certainConfirms")
    void confirm_that_is_refused_for_certain_takes_no_money_and_says_why(Trial trial) throws SQLException {
        assertThatItIsAProblem(trial, 402, "payment.declined");
        assertThat(payments.status(trial.about())).isEqualTo("failed");
        assertThat(payments.events(trial.about())).containsExactly("payment.requested.v1", "payment.failed.v1");
        assertThat(failureCode("payment", trial.about())).isEqualTo(trial.code().name());
        assertThat(incidents(trial.about())).isEmpty();
        assertThat(payments.moved(trial.about())).isEmpty();
    }

    private Stream<Trial> certainConfirms() {
        return certain(Operation.CONFIRM);
    }

    @ParameterizedTest
    @Tag("F1")
    @MethodSource("uncertainConfirms")
    void confirm_whose_answer_is_not_certain_is_unknown_until_toss_tells(Trial trial) throws SQLException {
        assertThat(trial.answer().status()).isEqualTo(202);
        assertThat(trial.answer().text("status")).isEqualTo("unknown");
        boolean running = trial.code().name().equals(RUNNING);
        boolean taken = trial.code().happened() || running;
        awaitStatus(trial.about(), taken ? "paid" : "failed");
        assertThat(payments.events(trial.about()))
                .containsExactly(
                        "payment.requested.v1",
                        "payment.outcome-unknown.v1",
                        taken ? "payment.paid.v1" : "payment.failed.v1");
        assertThat(payments.moved(trial.about())).isEqualTo(taken ? List.of(AMOUNT) : List.of());
        if (!taken) {
            assertThat(failureCode("payment", trial.about()))
                    .as("not what Toss said then, but what became of it")
                    .isEqualTo("EXPIRED");
        }
        assertThat(incidents(trial.about())).isEqualTo(ofOurs(trial));
    }

    private Stream<Trial> uncertainConfirms() {
        return uncertain(Operation.CONFIRM);
    }

    @ParameterizedTest
    @Tag("F10")
    @MethodSource("certainRefunds")
    void refund_that_is_refused_for_certain_gives_nothing_back_and_says_why(Trial trial) throws SQLException {
        assertThatItIsAProblem(trial, 422, "refund.declined");
        assertThat(payments.status(trial.about())).isEqualTo("paid");
        assertThat(refunds(trial.about()))
                .containsExactly("FAILED " + trial.code().name());
        assertThat(payments.events(trial.about())).containsExactly("payment.requested.v1", "payment.paid.v1");
        assertThat(incidents(trial.about())).isEmpty();
        assertThat(payments.moved(trial.about())).containsExactly(AMOUNT);
    }

    private Stream<Trial> certainRefunds() {
        return certain(Operation.CANCEL);
    }

    @ParameterizedTest
    @Tag("F10")
    @MethodSource("uncertainRefunds")
    void refund_whose_answer_is_not_certain_is_made_once(Trial trial) throws SQLException {
        // Another balance than we named is looked at right away, and what is not known later.
        boolean atOnce = trial.code().meaning().equals("HAPPENED");
        assertThat(trial.answer().status()).as(trial.answer().toString()).isEqualTo(atOnce ? 200 : 202);
        assertThat(trial.answer().text("status")).isEqualTo(atOnce ? "done" : "unknown");
        awaitStatus(trial.about(), "refunded");
        assertThat(refunds(trial.about())).containsExactly("DONE");
        assertThat(payments.events(trial.about()))
                .containsExactly("payment.requested.v1", "payment.paid.v1", "payment.refunded.v1");
        assertThat(payments.moved(trial.about())).as("in, and out once").containsExactly(AMOUNT, AMOUNT);
        assertThat(incidents(trial.about())).isEqualTo(ofOurs(trial));
    }

    private Stream<Trial> uncertainRefunds() {
        return uncertain(Operation.CANCEL);
    }

    @ParameterizedTest
    @MethodSource("certainOpenings")
    void opening_of_an_account_that_is_refused_for_certain_says_why(Trial trial) throws SQLException {
        assertThatItIsAProblem(trial, 422, "payment.account-refused");
        assertThat(payments.status(trial.about())).isEqualTo("requested");
        assertThat(payments.events(trial.about())).containsExactly("payment.requested.v1");
        assertThat(payments.atToss(trial.about()).status()).isEqualTo(404);
        assertThat(incidents(trial.about())).isEqualTo(ofOurs(trial));
    }

    private Stream<Trial> certainOpenings() {
        return certain(Operation.OPEN);
    }

    @ParameterizedTest
    @MethodSource("uncertainOpenings")
    void opening_of_an_account_whose_answer_is_not_certain_ends_with_one_account(Trial trial) throws SQLException {
        assertThat(trial.answer().status()).as(trial.answer().toString()).isEqualTo(202);
        awaitStatus(trial.about(), "waiting_for_deposit");
        assertThat(payments.events(trial.about()))
                .containsExactly("payment.requested.v1", "payment.waiting-for-deposit.v1");
        assertThat(payments.atToss(trial.about()).text("status")).isEqualTo("WAITING_FOR_DEPOSIT");
        assertThat(incidents(trial.about())).isEmpty();
    }

    private Stream<Trial> uncertainOpenings() {
        return uncertain(Operation.OPEN);
    }

    @ParameterizedTest
    @MethodSource("certainRegistrations")
    void registration_that_is_refused_for_certain_says_why(Trial trial) {
        assertThatItIsAProblem(trial, 422, "billing.declined");
    }

    private Stream<Trial> certainRegistrations() {
        return certain(Operation.ISSUE);
    }

    @ParameterizedTest
    @MethodSource("uncertainRegistrations")
    void registration_whose_answer_is_not_certain_is_to_be_asked_for_again(Trial trial) throws SQLException {
        assertThatItIsAProblem(trial, 503, "billing.not-known");
        if (trial.code().meaning().equals(OUR_FAULT)) {
            assertThat(incidents(trial.code().name())).contains("BILLING_REFUSED");
        }
    }

    private Stream<Trial> uncertainRegistrations() {
        return uncertain(Operation.ISSUE);
    }

    @ParameterizedTest
    @MethodSource("certainCharges")
    void charge_that_is_refused_for_certain_fails_and_says_what_can_help(Trial trial) throws SQLException {
        String code = trial.code().name();
        assertThat(payments.events(trial.about())).containsExactly("payment.charge-failed.v1");
        assertThat(failureCode("charge", trial.about())).isEqualTo(code);
        assertThat(payments.texts("SELECT remedy FROM charge WHERE order_id = ?", trial.about()))
                .containsExactly(
                        OF_THE_DAY.contains(code)
                                ? "LATER"
                                : code.equals("BELOW_MINIMUM_AMOUNT") ? "NONE" : "NEW_METHOD");
        assertThat(payments.moved(trial.about())).isEmpty();
        assertThat(trial.answer().text("status"))
                .as("the method")
                .isEqualTo(code.equals(REMOVED_KEY) ? "removed" : "active");
    }

    private Stream<Trial> certainCharges() {
        return certain(Operation.CHARGE);
    }

    @ParameterizedTest
    @MethodSource("uncertainCharges")
    void charge_whose_answer_is_not_certain_is_made_once(Trial trial) throws SQLException {
        awaitStatus(trial.about(), "paid");
        assertThat(payments.events(trial.about()))
                .containsExactlyInAnyOrder("payment.charge-unknown.v1", "payment.paid.v1", "payment.charge-paid.v1");
        assertThat(payments.moved(trial.about())).containsExactly(CHARGED);
        assertThat(trial.answer().text("status")).as("the method").isEqualTo("active");
        if (trial.code().meaning().equals(OUR_FAULT)) {
            assertThat(incidents(trial.code().name())).contains("CHARGES_REFUSED");
        }
    }

    private Stream<Trial> uncertainCharges() {
        return uncertain(Operation.CHARGE);
    }

    @ParameterizedTest
    @MethodSource("removals")
    void method_that_is_removed_is_charged_no_more_whatever_toss_answers(Trial trial) throws SQLException {
        assertThat(trial.answer().status()).isEqualTo(204);
        await("end of " + trial)
                .atMost(LonePayments.LIMIT)
                .until(
                        () -> payments.get("/api/billing-methods/" + trial.about())
                                .text("status"),
                        "removed"::equals);
        assertThat(payments.events(trial.about()))
                .containsExactly("payment.billing-method-registered.v1", "payment.billing-method-removed.v1");
        if (trial.code().meaning().equals(OUR_FAULT)) {
            assertThat(incidents(trial.code().name())).contains("BILLING_REFUSED");
        }
    }

    private Stream<Trial> removals() {
        return tried(Operation.REMOVE);
    }

    @ParameterizedTest
    @MethodSource("certainReceipts")
    void receipt_that_is_refused_for_certain_says_why_and_keeps_no_number(Trial trial) throws SQLException {
        JsonNode problem = trial.answer().body();
        assertThat(trial.answer().status()).as(problem.toString()).isEqualTo(422);
        assertThat(problem.path("code").asString()).isEqualTo("receipt.declined");
        assertThat(problem.path("tossCode").asString()).isEqualTo(trial.code().name());
        assertThat(receiptRequests(trial.about()))
                .containsExactly("CONFIRM FAILED " + trial.code().name() + " without a number");
        assertThat(payments.receiptsAtToss(trial.about())).isEmpty();
        assertThat(payments.events(trial.about())).containsExactly("payment.requested.v1", "payment.paid.v1");
        assertThat(incidents(trial.about())).isEmpty();
    }

    private Stream<Trial> certainReceipts() {
        return certain(Operation.RECEIPT_ISSUE);
    }

    @ParameterizedTest
    @MethodSource("uncertainReceipts")
    void receipt_whose_answer_is_not_certain_is_issued_once(Trial trial) throws SQLException {
        // That there is one already is looked at right away, and what is not known later.
        boolean atOnce = trial.code().meaning().equals("HAPPENED");
        assertThat(trial.answer().status()).as(trial.answer().toString()).isEqualTo(atOnce ? 200 : 202);
        assertThat(trial.answer().text("status")).isEqualTo(atOnce ? "done" : "unknown");
        awaitReceipts(trial.about(), RECEIPT);
        assertThat(receiptRequests(trial.about())).containsExactly("CONFIRM DONE without a number");
        assertThat(payments.receiptsAtToss(trial.about())).containsExactly(RECEIPT);
        assertThat(payments.events(trial.about()))
                .containsExactly("payment.requested.v1", "payment.paid.v1", "payment.cash-receipt-changed.v1");
        assertThat(incidents(trial.about())).isEqualTo(ofOurs(trial));
    }

    private Stream<Trial> uncertainReceipts() {
        return uncertain(Operation.RECEIPT_ISSUE);
    }

    @ParameterizedTest
    @MethodSource("takenBack")
    void receipt_is_taken_back_once_whatever_toss_answers(Trial trial) throws SQLException {
        assertThat(trial.answer().status()).as(trial.answer().toString()).isEqualTo(200);
        assertThat(trial.answer().text("status")).as("the refund").isEqualTo("done");
        awaitReceipts(trial.about(), RECEIPT, TAKEN_BACK);
        assertThat(receiptRequests(trial.about()))
                .containsExactly("CONFIRM DONE without a number", "CANCEL DONE without a number");
        assertThat(payments.receiptsAtToss(trial.about())).containsExactly(RECEIPT, TAKEN_BACK);
        assertThat(payments.events(trial.about()))
                .containsExactly(
                        "payment.requested.v1",
                        "payment.paid.v1",
                        "payment.cash-receipt-changed.v1",
                        "payment.partially-refunded.v1",
                        "payment.cash-receipt-changed.v1");
        assertThat(incidents(trial.about())).isEqualTo(ofOurs(trial));
    }

    private Stream<Trial> takenBack() {
        return tried(Operation.RECEIPT_CANCEL);
    }

    @ParameterizedTest
    @MethodSource("receiptsLookedFor")
    void look_for_a_receipt_that_is_answered_with_a_code_has_none_issued_again(Trial trial) throws SQLException {
        assertThat(trial.answer().status()).isEqualTo(202);
        assertThat(trial.answer().text("status")).isEqualTo("unknown");
        assertThat(receiptRequests(trial.about())).containsExactly("CONFIRM DONE without a number");
        assertThat(payments.receiptsAtToss(trial.about())).containsExactly(RECEIPT);
        assertThat(payments.events(trial.about()))
                .containsExactly("payment.requested.v1", "payment.paid.v1", "payment.cash-receipt-changed.v1");
        assertThat(incidents(trial.about())).isEqualTo(ofOurs(trial));
    }

    private Stream<Trial> receiptsLookedFor() {
        return tried(Operation.RECEIPT_LIST);
    }

    @ParameterizedTest
    @Tag("F1")
    @MethodSource("looks")
    void look_that_is_answered_with_a_code_decides_nothing(Trial trial) throws SQLException {
        assertThat(trial.answer().status()).isEqualTo(202);
        assertThat(trial.answer().text("status")).isEqualTo("unknown");
        awaitStatus(trial.about(), "paid");
        assertThat(payments.events(trial.about()))
                .containsExactly("payment.requested.v1", "payment.outcome-unknown.v1", "payment.paid.v1");
        assertThat(payments.moved(trial.about())).containsExactly(AMOUNT);
        assertThat(incidents(trial.about())).isEqualTo(ofOurs(trial));
    }

    private Stream<Trial> looks() {
        return tried(Operation.LOOKUP);
    }

    private Stream<Trial> certain(Operation operation) {
        return tried(operation).filter(trial -> trial.code().isCertain());
    }

    private Stream<Trial> uncertain(Operation operation) {
        return tried(operation).filter(trial -> !trial.code().isCertain());
    }

    private Stream<Trial> tried(Operation operation) {
        return trials.stream().filter(trial -> trial.code().operation() == operation);
    }

    private static void assertThatItIsAProblem(Trial trial, int status, String code) {
        JsonNode problem = trial.answer().body();
        assertThat(trial.answer().status()).as(problem.toString()).isEqualTo(status);
        assertThat(problem.path("code").asString()).isEqualTo(code);
        if (trial.code().isCertain()) {
            assertThat(problem.path("tossCode").asString())
                    .isEqualTo(trial.code().name());
            assertThat(problem.path("tossMessage").asString()).isNotBlank();
        }
    }

    private void awaitStatus(String order, String status) {
        await("the end of " + order).atMost(LonePayments.LIMIT).until(() -> payments.status(order), status::equals);
    }

    private void awaitReceipts(String order, String... receipts) {
        await("the receipts of " + order)
                .atMost(LonePayments.LIMIT)
                .until(() -> payments.receiptsKnown(order), List.of(receipts)::equals);
    }

    private List<String> receiptRequests(String order) throws SQLException {
        return payments.texts("""
                SELECT concat_ws(' ', transaction_type, request.status, request.failure_code,
                                 CASE WHEN customer IS NULL THEN 'without a number' END)
                FROM cash_receipt_request request JOIN payment ON payment.id = payment_id
                WHERE order_id = ? ORDER BY request.requested_at, request.id
                """, order);
    }

    private String failureCode(String table, String order) throws SQLException {
        return String.join(", ", payments.texts("SELECT failure_code FROM " + table + " WHERE order_id = ?", order));
    }

    private List<String> refunds(String order) throws SQLException {
        return payments.texts("""
                SELECT concat_ws(' ', refund.status, refund.failure_code)
                FROM refund JOIN payment ON payment.id = payment_id WHERE order_id = ?
                """, order);
    }

    /** Kinds of incidents of an order's payment, or of what is named itself. */
    private List<String> incidents(String about) throws SQLException {
        return payments.texts("""
                SELECT kind FROM reported_incident
                WHERE about = coalesce((SELECT id::text FROM payment WHERE order_id = ?), ?) ORDER BY kind
                """, about, about);
    }

    private static List<String> ofOurs(Trial trial) {
        return trial.code().meaning().equals(OUR_FAULT) ? List.of(OUR_FAULT) : List.of();
    }
}
