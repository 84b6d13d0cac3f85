package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PayoutTest {

    private static final RunningSandbox SANDBOX =
            RunningSandbox.startAt("2026-03-10T10:00", "wonflow.sandbox.payout.starting-balance=50000000");

    private final String reference = RunningSandbox.newOrderId();

    @AfterAll
    static void stop() {
        SANDBOX.close();
    }

    @Test
    void a_person_is_registered_in_the_envelope_of_the_second_version() {
        Answer answer = SANDBOX.post("/v2/sellers", individual(reference));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().propertyNames()).containsExactly("version", "traceId", "entityType", "entityBody");
        assertThat(answer.text("version")).isEqualTo("2022-11-16");
        assertThat(answer.text("traceId")).isEqualTo(answer.header("x-tosspayments-trace-id"));
        assertThat(answer.text("entityType")).isEqualTo("seller");
        JsonNode seller = answer.json().path("entityBody");
        assertThat(seller.propertyNames())
                .containsExactly(
                        "id", "refSellerId", "businessType", "company", "individual", "account", "status", "metadata");
        assertThat(seller.path("status").asString()).isEqualTo("APPROVAL_REQUIRED");
        assertThat(seller.path("company").isNull()).isTrue();
        assertThat(seller.path("account").toString())
                .isEqualTo("{\"bankCode\":\"092\",\"accountNumber\":\"100*****00001\",\"holderName\":\"이데모\"}");
        assertThat(SANDBOX.get("/v2/sellers/" + idOf(answer)).json().path("entityBody"))
                .isEqualTo(seller);
    }

    @Test
    void a_person_can_be_paid_once_they_have_proved_who_they_are() {
        String id = idOf(SANDBOX.post("/v2/sellers", individual(reference)));
        Answer tooEarly = request(item("early-" + reference, id, 1_000));

        SANDBOX.advance("PT10M");

        assertThat(tooEarly.status()).isEqualTo(403);
        assertThat(tooEarly.json().at("/error/code").asString()).isEqualTo("FORBIDDEN_SELLER_PAYOUT");
        assertThat(tooEarly.json().at("/error/message").asString()).endsWith("(refPayoutId: early-" + reference + ")");
        assertThat(statusOf(id)).isEqualTo("PARTIALLY_APPROVED");
        assertThat(request(item(reference, id, 1_000)).status()).isEqualTo(200);
    }

    @Test
    void a_corporation_can_be_paid_at_once() {
        assertThat(statusOf(corporation())).isEqualTo("PARTIALLY_APPROVED");
    }

    @Test
    void who_is_asked_to_be_paid_ten_million_in_a_week_is_examined_first() {
        String id = corporation();
        assertThat(request(item("a" + reference, id, 6_000_000)).status()).isEqualTo(200);

        Answer tooMuch = request(item("b" + reference, id, 4_000_000));

        assertThat(tooMuch.json().at("/error/code").asString()).isEqualTo("FORBIDDEN_SELLER_PAYOUT");
        assertThat(statusOf(id)).isEqualTo("KYC_REQUIRED");
        assertThat(request(item("c" + reference, id, 1_000)).status()).isEqualTo(403);
        SANDBOX.advance("PT24H");
        assertThat(statusOf(id)).isEqualTo("APPROVED");
        assertThat(request(item("d" + reference, id, 12_000_000)).status()).isEqualTo(200);
    }

    @Test
    void a_change_names_only_what_changes() {
        String id = corporation();

        Answer changed = SANDBOX.post(
                "/v2/sellers/" + id,
                "{\"company\": {\"phone\": \"0212345678\"}, \"account\": {\"bankCode\": \"088\"}, \"metadata\": null}");

        JsonNode seller = changed.json().path("entityBody");
        assertThat(seller.at("/company/phone").asString()).isEqualTo("0212345678");
        assertThat(seller.at("/company/name").asString()).isEqualTo("데모상회");
        assertThat(seller.at("/account/bankCode").asString()).isEqualTo("088");
        assertThat(seller.at("/account/accountNumber").asString()).isEqualTo("100*****00001");
        assertThat(seller.path("metadata").isNull()).isTrue();
        assertError(SANDBOX.post("/v2/sellers/" + id, "{\"refSellerId\": \"other\"}"), 400, "INVALID_REQUEST");
        assertError(SANDBOX.post("/v2/sellers/" + id, "{\"company\": null}"), 400, "INVALID_REQUEST");
        assertError(SANDBOX.post("/v2/sellers/nobody", "{}"), 404, "NOT_FOUND");
    }

    @Test
    void a_deleted_seller_is_gone_and_its_reference_with_it() {
        String id = corporation();

        Answer deleted = SANDBOX.send(SANDBOX.toss("/v2/sellers/" + id).DELETE());

        assertThat(deleted.text("entityType")).isEqualTo("deleted-seller");
        assertThat(deleted.json().path("entityBody").toString()).isEqualTo("{\"id\":\"" + id + "\"}");
        assertError(SANDBOX.get("/v2/sellers/" + id), 404, "NOT_FOUND");
        assertError(SANDBOX.send(SANDBOX.toss("/v2/sellers/" + id).DELETE()), 404, "NOT_FOUND");
        assertError(SANDBOX.post("/v2/sellers", corporate(reference)), 400, "DUPLICATED_REQUEST");
        assertError(request(item(reference, id, 1_000)), 404, "NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"bankCode\": \"092\"|\"bankCode\": \"92\"|INVALID_REQUEST",
                "\"bankCode\": \"092\"|\"bankCode\": 92|INVALID_REQUEST",
                "\"accountNumber\": \"1000000000001\"|\"accountNumber\": \"100-00\"|INVALID_REQUEST",
                "\"accountNumber\": \"1000000000001\"|\"accountNumber\": null|INVALID_REQUEST",
                "1112233333|11122|INVALID_BUSINESS_NUMBER",
                "a@example.com|nobody|INVALID_EMAIL",
                "01000000000|010-0000|INVALID_REQUEST",
                "\"CORPORATE\"|\"COOPERATIVE\"|INVALID_REQUEST",
                "\"company\"|\"individual\"|INVALID_REQUEST",
                "\"refSellerId\": \"|\"refSellerId\": \"much-too-long-for-it-|INVALID_REQUEST",
                "\"metadata\": {|\"metadata\": {\"a[\": \"b\", |INVALID_REQUEST",
                "\"metadata\": {|\"metadata\": {\"a\": true, |INVALID_REQUEST"
            })
    void a_seller_with_something_wrong_is_refused(String right, String wrong, String code) {
        String body = corporate(reference);
        assertThat(body).contains(right);

        assertError(SANDBOX.post("/v2/sellers", body.replace(right, wrong)), 400, code);
    }

    @Test
    void sellers_are_listed_page_by_page() {
        List<String> registered = List.of(corporation("x" + reference), corporation("y" + reference));

        List<String> listed = new ArrayList<>();
        String after = "";
        boolean more = true;
        while (more) {
            JsonNode page = SANDBOX.get("/v2/sellers?limit=1" + after).json();
            assertThat(page.path("entityType").asString()).isEqualTo("seller-list");
            page.at("/entityBody/items")
                    .forEach(seller -> listed.add(seller.path("id").asString()));
            more = page.at("/entityBody/hasNext").asBoolean();
            after = "&startingAfter=" + page.at("/entityBody/lastCursor").asString();
        }

        assertThat(listed).containsSubsequence(registered).doesNotHaveDuplicates();
        assertError(SANDBOX.get("/v2/sellers?startingAfter=nobody"), 400, "INVALID_PAGING_KEY");
        assertError(SANDBOX.get("/v2/sellers?limit=0"), 400, "INVALID_REQUEST");
    }

    @Test
    void an_express_payout_runs_its_course_and_moves_the_balance_at_once() {
        String id = corporation();
        long before = available();

        Answer requested = request(item(reference, id, 5_000));

        assertThat(requested.text("entityType")).isEqualTo("payout-list");
        JsonNode payout = requested.json().at("/entityBody/items/0");
        assertThat(payout.propertyNames())
                .containsExactly(
                        "id",
                        "refPayoutId",
                        "destination",
                        "scheduleType",
                        "payoutDate",
                        "amount",
                        "transactionDescription",
                        "requestedAt",
                        "status",
                        "error",
                        "metadata");
        assertThat(payout.path("amount").toString()).isEqualTo("{\"currency\":\"KRW\",\"value\":5000.0}");
        assertThat(payout.path("payoutDate").asString()).isEqualTo(today().toString());
        assertThat(payout.path("requestedAt").asString()).endsWith("+09:00");
        String payoutId = payout.path("id").asString();
        assertThat(payoutStatus(payoutId)).isEqualTo("REQUESTED");
        assertThat(available()).isEqualTo(before - 5_000);
        SANDBOX.advance("PT1M");
        assertThat(payoutStatus(payoutId)).isEqualTo("IN_PROGRESS");
        SANDBOX.advance("PT1M");
        assertThat(payoutStatus(payoutId)).isEqualTo("COMPLETED");
        assertThat(available()).isEqualTo(before - 5_000);
    }

    @Test
    void a_scheduled_payout_waits_for_its_day() {
        String id = corporation();
        LocalDate day = businessDayAfter(today());
        long before = available();
        String payoutId = requested(scheduled(reference, id, 5_000, day));

        assertThat(payoutStatus(payoutId)).isEqualTo("REQUESTED");
        assertThat(available()).isEqualTo(before);
        while (today().isBefore(day)) {
            SANDBOX.advance("PT12H");
        }
        SANDBOX.advance("PT12H");

        assertThat(payoutStatus(payoutId)).isEqualTo("COMPLETED");
        assertThat(available()).isEqualTo(before - 5_000);
    }

    @Test
    void a_scheduled_payout_fails_on_its_day_when_its_seller_cannot_be_paid_any_more() {
        String id = corporation();
        LocalDate day = businessDayAfter(today());
        long before = available();
        String payoutId = requested(scheduled(reference, id, 5_000, day));
        SANDBOX.send(SANDBOX.toss("/v2/sellers/" + id).DELETE());

        SANDBOX.advance("P10D");

        JsonNode payout = payout(payoutId);
        assertThat(payout.path("status").asString()).isEqualTo("FAILED");
        assertThat(payout.at("/error/code").asString()).isEqualTo("FORBIDDEN_SELLER_PAYOUT");
        assertThat(available()).isEqualTo(before);
    }

    @Test
    void only_what_was_not_started_can_be_cancelled_and_its_money_comes_back() {
        String id = corporation();
        long before = available();
        String cancelled = requested(item("a" + reference, id, 5_000));
        String started = requested(item("b" + reference, id, 1_000));

        Answer answer = SANDBOX.post("/v2/payouts/" + cancelled + "/cancel", "");
        SANDBOX.advance("PT1M");

        assertThat(answer.text("entityType")).isEqualTo("payout");
        assertThat(answer.json().at("/entityBody/status").asString()).isEqualTo("CANCELED");
        assertThat(available()).isEqualTo(before - 1_000);
        assertError(SANDBOX.post("/v2/payouts/" + started + "/cancel", ""), 403, "FORBIDDEN_REQUEST");
        assertError(SANDBOX.post("/v2/payouts/" + cancelled + "/cancel", ""), 403, "FORBIDDEN_REQUEST");
        assertError(SANDBOX.post("/v2/payouts/nobody/cancel", ""), 404, "PAYOUT_NOT_FOUND");
        assertThat(payoutStatus(cancelled)).isEqualTo("CANCELED");
    }

    @Test
    void more_than_the_balance_holds_is_refused() {
        String id = corporation();
        SANDBOX.post("/control/sellers/" + id + "/status", "{\"status\": \"KYC_REQUIRED\"}");
        SANDBOX.post("/control/sellers/" + id + "/status", "{\"status\": \"APPROVED\"}");

        assertError(request(item(reference, id, available() + 1)), 400, "NOT_ENOUGH_AMOUNT");
    }

    @Test
    void either_all_of_the_payouts_are_taken_on_or_none() {
        String id = corporation();
        long before = available();

        Answer answer = request(item("a" + reference, id, 1_000), item("b" + reference, "nobody", 1_000));

        assertError(answer, 404, "NOT_FOUND");
        assertThat(available()).isEqualTo(before);
        assertThat(request(item("a" + reference, id, 1_000)).status()).isEqualTo(200);
    }

    @Test
    void a_reference_is_used_once() {
        String id = corporation();
        request(item(reference, id, 1_000));

        assertError(request(item(reference, id, 1_000)), 400, "DUPLICATED_REQUEST");
        assertError(request(item("t" + reference, id, 1), item("t" + reference, id, 1)), 400, "DUPLICATED_REQUEST");
    }

    @Test
    void a_hundred_payouts_with_all_the_metadata_there_can_be_fit() {
        String id = corporation();
        String metadata = IntStream.range(0, 5)
                .mapToObj(i -> "\"" + i + "열".repeat(39) + "\": \"" + "값".repeat(500) + "\"")
                .collect(Collectors.joining(", ", "\"metadata\": {", "}, \"refPayoutId\""));
        String[] hundred = IntStream.range(0, 100)
                .mapToObj(i -> item(i + reference, id, 1_000).replace("\"refPayoutId\"", metadata))
                .toArray(String[]::new);

        assertThat(request(hundred).json().at("/entityBody/items")).hasSize(100);
    }

    @Test
    void a_hundred_payouts_can_be_asked_for_at_once() {
        String id = corporation();
        String[] hundred = IntStream.range(0, 100)
                .mapToObj(i -> item(i + reference, id, 1_000))
                .toArray(String[]::new);

        assertThat(request(hundred).json().at("/entityBody/items")).hasSize(100);
        assertError(SANDBOX.post("/v2/payouts", "[" + "{},".repeat(100) + "{}]"), 400, "INVALID_REQUEST");
        assertError(SANDBOX.post("/v2/payouts", "[]"), 400, "INVALID_REQUEST");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"value\": 1000|\"value\": 0|BELOW_ZERO_AMOUNT",
                "\"value\": 1000|\"value\": -5|BELOW_ZERO_AMOUNT",
                "\"value\": 1000|\"value\": 0.5|INVALID_REQUEST",
                "\"value\": 1000|\"value\": 1e999999999|INVALID_REQUEST",
                "\"value\": 1000|\"value\": 1000000000|EXCEED_MAX_AMOUNT",
                "\"KRW\"|\"USD\"|INVALID_CURRENCY",
                "\"EXPRESS\"|\"SOON\"|INVALID_REQUEST",
                "\"EXPRESS\"|\"SCHEDULED\"|INVALID_REQUEST",
                "\"3월정산\"|\"열두달의정산금액\"|INVALID_REQUEST",
                "\"3월정산\"|\"\"|INVALID_REQUEST",
                "\"amount\"|\"sum\"|INVALID_REQUEST"
            })
    void a_payout_with_something_wrong_is_refused(String right, String wrong, String code) {
        String item = item(reference, corporation(), 1_000);
        assertThat(item).contains(right);

        assertError(request(item.replace(right, wrong)), 400, code);
    }

    @Test
    void a_scheduled_payout_needs_a_business_day_within_a_year() {
        String id = corporation();
        LocalDate sunday = today().plusDays(1);
        while (sunday.getDayOfWeek() != DayOfWeek.SUNDAY) {
            sunday = sunday.plusDays(1);
        }

        for (LocalDate day : List.of(today(), sunday, today().plusYears(2))) {
            assertError(request(scheduled(reference, id, 1_000, day)), 400, "INVALID_DATE");
        }
    }

    @Test
    void an_amount_may_be_a_text_or_have_a_fraction_of_zero() {
        String id = corporation();

        assertThat(request(item("a" + reference, id, 500).replace("500", "\"500\""))
                        .status())
                .isEqualTo(200);
        assertThat(request(item("b" + reference, id, 500).replace("500", "500.0"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void payouts_are_listed_and_another_merchant_sees_none_of_it() {
        String seller = corporation();
        String id = requested(item(reference, seller, 1_000));

        assertThat(SANDBOX.get("/v2/payouts?limit=1000").json().at("/entityBody/items"))
                .extracting(payout -> payout.path("id").asString())
                .contains(id);
        assertThat(asOther("/v2/payouts").json().at("/entityBody").toString())
                .isEqualTo("{\"hasNext\":false,\"lastCursor\":null,\"items\":[]}");
        assertError(asOther("/v2/payouts/" + id), 404, "PAYOUT_NOT_FOUND");
        assertError(asOther("/v2/sellers/" + seller), 404, "NOT_FOUND");
        assertThat(asOther("/v2/balances")
                        .json()
                        .at("/entityBody/availableAmount/value")
                        .asLong())
                .isEqualTo(50_000_000);
    }

    @Test
    void settled_sales_come_into_the_balance_two_business_days_before_and_are_there_on_their_payday() {
        try (RunningSandbox sandbox = RunningSandbox.startAt(
                "2026-03-10T10:00",
                "wonflow.sandbox.settlement.enabled=true",
                "wonflow.sandbox.payout.starting-balance=1000")) {
            sandbox.confirm(sandbox.authenticated(reference), reference);

            List<String> seen = new ArrayList<>();
            for (int day = 0; day < 14; day++) {
                JsonNode balance = sandbox.get("/v2/balances").json().path("entityBody");
                seen.add(balance.at("/pendingAmount/value").asLong() + "/"
                        + balance.at("/availableAmount/value").asLong());
                sandbox.advance("P1D");
            }

            assertThat(seen.stream().distinct().toList()).containsExactly("0/1000", "31766/1000", "0/32766");
        }
    }

    @Test
    void a_duration_of_zero_waits_for_a_hand() {
        try (RunningSandbox sandbox = RunningSandbox.startAt(
                "2026-03-10T10:00",
                "wonflow.sandbox.payout.identify-after=0",
                "wonflow.sandbox.payout.start-after=0",
                "wonflow.sandbox.payout.finish-after=0")) {
            String seller = idOf(sandbox.post("/v2/sellers", individual(reference)));
            sandbox.advance("P30D");
            assertThat(sandbox.get("/v2/sellers/" + seller)
                            .json()
                            .at("/entityBody/status")
                            .asString())
                    .isEqualTo("APPROVAL_REQUIRED");
            sandbox.post("/control/sellers/" + seller + "/status", "{\"status\": \"PARTIALLY_APPROVED\"}");
            String payout = sandbox.post("/v2/payouts", "[" + item(reference, seller, 1_000) + "]")
                    .json()
                    .at("/entityBody/items/0/id")
                    .asString();
            String path = "/v2/payouts/" + payout;
            sandbox.advance("P30D");
            assertThat(sandbox.get(path).json().at("/entityBody/status").asString())
                    .isEqualTo("REQUESTED");
            sandbox.post("/control/payouts/" + payout + "/status", "{\"status\": \"IN_PROGRESS\"}");
            sandbox.advance("P30D");
            assertThat(sandbox.get(path).json().at("/entityBody/status").asString())
                    .isEqualTo("IN_PROGRESS");
            sandbox.post("/control/payouts/" + payout + "/status", "{\"status\": \"COMPLETED\"}");
            assertThat(sandbox.get(path).json().at("/entityBody/status").asString())
                    .isEqualTo("COMPLETED");
        }
    }

    @Test
    void a_scheduled_payout_fails_when_the_balance_is_empty_on_its_day() {
        try (RunningSandbox sandbox =
                RunningSandbox.startAt("2026-03-10T10:00", "wonflow.sandbox.payout.starting-balance=1000")) {
            String seller = idOf(sandbox.post("/v2/sellers", corporate(reference)));
            LocalDate day = businessDayAfter(LocalDate.ofInstant(sandbox.now(), ZoneId.of("Asia/Seoul")));
            String payout = sandbox.post("/v2/payouts", "[" + scheduled(reference, seller, 1_001, day) + "]")
                    .json()
                    .at("/entityBody/items/0/id")
                    .asString();

            sandbox.advance("P14D");

            JsonNode after = sandbox.get("/v2/payouts/" + payout).json().path("entityBody");
            assertThat(after.path("status").asString()).isEqualTo("FAILED");
            assertThat(after.at("/error/code").asString()).isEqualTo("NOT_ENOUGH_AMOUNT");
            assertThat(sandbox.get("/v2/balances")
                            .json()
                            .at("/entityBody/availableAmount/value")
                            .asLong())
                    .isEqualTo(1_000);
        }
    }

    @Test
    void sellers_and_payouts_can_be_moved_by_hand() {
        String person = idOf(SANDBOX.post("/v2/sellers", individual(reference)));
        Answer approved =
                SANDBOX.post("/control/sellers/" + person + "/status", "{\"status\": \"PARTIALLY_APPROVED\"}");
        long before = available();
        String payoutId = requested(item(reference, person, 1_000));

        Answer failed = SANDBOX.post(
                "/control/payouts/" + payoutId + "/status",
                "{\"status\": \"FAILED\", \"code\": \"INVALID_ACCOUNT_NUMBER\"}");

        assertThat(approved.text("status")).isEqualTo("PARTIALLY_APPROVED");
        assertThat(failed.json().at("/error/code").asString()).isEqualTo("INVALID_ACCOUNT_NUMBER");
        assertThat(available()).isEqualTo(before);
        Answer again = SANDBOX.post("/control/payouts/" + payoutId + "/status", "{\"status\": \"COMPLETED\"}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("message")).contains("FAILED -> COMPLETED (expected: one of [])");
        assertThat(SANDBOX.post("/control/sellers/" + person + "/status", "{\"status\": \"HAPPY\"}")
                        .status())
                .isEqualTo(400);
        assertThat(SANDBOX.post("/control/payouts/nobody/status", "{\"status\": \"FAILED\"}")
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/sellers", "/v2/payouts"})
    void what_is_no_json_is_refused_in_the_envelope(String path) {
        for (String body : List.of("", "{", "null", "\"text\"", "[1]")) {
            assertError(SANDBOX.post(path, body), 400, "INVALID_REQUEST");
        }
    }

    @Test
    void errors_before_any_handler_come_in_the_envelope_too() {
        Answer unauthorized = SANDBOX.send(SANDBOX.request("/v2/balances"));
        Answer unknown = SANDBOX.get("/v2/no/such/path");
        Answer method = SANDBOX.send(SANDBOX.toss("/v2/balances").DELETE());
        Answer testCode = SANDBOX.post("/v2/payouts", "[]", "TossPayments-Test-Code", "COMMON_ERROR");
        Answer longKey = SANDBOX.post("/v2/payouts", "[]", "Idempotency-Key", "k".repeat(301));

        assertError(unauthorized, 401, "UNAUTHORIZED_KEY");
        assertError(unknown, 404, "NOT_FOUND");
        assertError(method, 404, "NOT_FOUND_HTTP_METHOD");
        assertError(testCode, 500, "COMMON_ERROR");
        assertError(longKey, 400, "INVALID_IDEMPOTENCY_KEY");
    }

    @Test
    void a_fault_is_told_in_the_envelope_too() {
        SANDBOX.post(
                "/control/faults", "{\"kind\": \"DECLINE\", \"operation\": \"balances\", \"code\": \"COMMON_ERROR\"}");

        assertError(SANDBOX.get("/v2/balances"), 500, "COMMON_ERROR");
        assertThat(SANDBOX.get("/v2/balances").status()).isEqualTo(200);
    }

    @Test
    void a_repeated_request_with_its_key_pays_once() {
        String id = corporation();
        long before = available();
        String body = "[" + item(reference, id, 1_000) + "]";

        Answer first = SANDBOX.post("/v2/payouts", body, "Idempotency-Key", reference);
        Answer second = SANDBOX.post("/v2/payouts", body, "Idempotency-Key", reference);

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(available()).isEqualTo(before - 1_000);
    }

    private static void assertError(Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        JsonNode body = answer.json();
        assertThat(body.propertyNames()).containsExactly("version", "traceId", "entityType", "entityBody", "error");
        assertThat(body.path("traceId").asString()).isEqualTo(answer.header("x-tosspayments-trace-id"));
        assertThat(body.path("entityType").isNull()).isTrue();
        assertThat(body.at("/error/code").asString()).isEqualTo(code);
        assertThat(body.at("/error/message").asString()).isNotBlank();
    }

    private static Answer asOther(String path) {
        return SANDBOX.send(
                SANDBOX.request(path).header("Authorization", RunningSandbox.basic(RunningSandbox.OTHER_SECRET_KEY)));
    }

    private static String individual(String reference) {
        return """
            {"refSellerId": "%s", "businessType": "INDIVIDUAL",
             "individual": {"name": "이데모", "email": "a@example.com", "phone": "01000000000"},
             "account": {"bankCode": "092", "accountNumber": "1000000000001", "holderName": "이데모"}}
            """.formatted(reference);
    }

    private static String corporate(String reference) {
        return """
            {"refSellerId": "%s", "businessType": "CORPORATE",
             "company": {"name": "데모상회", "representativeName": "이데모", "businessRegistrationNumber": "1112233333",
                         "email": "a@example.com", "phone": "01000000000"},
             "account": {"bankCode": "092", "accountNumber": "1000000000001", "holderName": "이데모"},
             "metadata": {"shop": "7"}}
            """.formatted(reference);
    }

    private String corporation() {
        return corporation(reference);
    }

    private static String corporation(String reference) {
        Answer answer = SANDBOX.post("/v2/sellers", corporate(reference));
        assertThat(answer.status()).isEqualTo(200);
        return idOf(answer);
    }

    private static String item(String reference, String destination, long won) {
        return """
            {"refPayoutId": "%s", "destination": "%s", "scheduleType": "EXPRESS",
             "amount": {"currency": "KRW", "value": %d}, "transactionDescription": "3월정산"}
            """.formatted(reference, destination, won);
    }

    private static String scheduled(String reference, String destination, long won, LocalDate day) {
        return item(reference, destination, won)
                .replace("\"EXPRESS\"", "\"SCHEDULED\", \"payoutDate\": \"" + day + "\"");
    }

    private static Answer request(String... items) {
        return SANDBOX.post("/v2/payouts", List.of(items).stream().collect(Collectors.joining(",", "[", "]")));
    }

    private static String requested(String item) {
        Answer answer = request(item);
        assertThat(answer.status()).isEqualTo(200);
        return answer.json().at("/entityBody/items/0/id").asString();
    }

    private static String idOf(Answer answer) {
        return answer.json().at("/entityBody/id").asString();
    }

    private static String statusOf(String seller) {
        return SANDBOX.get("/v2/sellers/" + seller)
                .json()
                .at("/entityBody/status")
                .asString();
    }

    private static JsonNode payout(String id) {
        return SANDBOX.get("/v2/payouts/" + id).json().path("entityBody");
    }

    private static String payoutStatus(String id) {
        return payout(id).path("status").asString();
    }

    private static long available() {
        return SANDBOX.get("/v2/balances")
                .json()
                .at("/entityBody/availableAmount/value")
                .asLong();
    }

    private static LocalDate today() {
        return LocalDate.ofInstant(SANDBOX.now(), ZoneId.of("Asia/Seoul"));
    }

    /** There are no holidays in the weeks these tests play in. */
    private static LocalDate businessDayAfter(LocalDate date) {
        LocalDate day = date.plusDays(1);
        while (day.getDayOfWeek().getValue() > 5) {
            day = day.plusDays(1);
        }
        return day;
    }
}
