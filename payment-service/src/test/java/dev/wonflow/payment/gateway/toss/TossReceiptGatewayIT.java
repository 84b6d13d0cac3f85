package dev.wonflow.payment.gateway.toss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.gateway.CallRoom;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayReceipt;
import dev.wonflow.payment.gateway.ListedReceipt;
import dev.wonflow.payment.gateway.ReceiptCall;
import dev.wonflow.payment.gateway.ReceiptGateway;
import dev.wonflow.payment.gateway.ReceiptListing;
import dev.wonflow.payment.gateway.ReceiptNumber;
import dev.wonflow.payment.gateway.ReceiptOutcome;
import dev.wonflow.payment.gateway.ReceiptType;
import dev.wonflow.payment.payment.World;
import dev.wonflow.testsupport.SequentialIds;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
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
class TossReceiptGatewayIT {

    private static final OrderId ORDER = new OrderId("ord_019b8c201a6873c4af0b6d4c8e91a010");
    private static final String NUMBER = "01055556666";
    private static final int MORE_THAN_A_PAGE = 101;

    private final TossStub toss = new TossStub();

    @AfterEach
    void stop() {
        toss.close();
    }

    @Test
    void receipt_is_issued_once_for_each_key_and_order() {
        ReceiptOutcome issued = gateway().call(issue(1));

        assertThat(issued).isInstanceOfSatisfying(ReceiptOutcome.Answered.class, answered -> {
            assertThat(answered.listed().orderId()).isEqualTo(ORDER.value());
            assertThat(answered.listed().receipt().status()).isEqualTo(GatewayReceipt.Status.IN_PROGRESS);
        });
        assertThat(gateway().call(issue(1))).isEqualTo(issued);
        assertThat(gateway().call(issue(2))).isEqualTo(new ReceiptOutcome.Happened("DUPLICATED_CASH_RECEIPT"));
        assertThat(toss.receipts(ORDER)).containsExactly("CONFIRM 33000");
    }

    @Test
    void receipt_is_taken_back_in_parts_and_never_beyond_what_is_left() {
        String key = receiptOf(gateway().call(issue(1))).receiptKey();

        assertThat(gateway().call(cancel(key, 1, 13_000)))
                .isInstanceOfSatisfying(ReceiptOutcome.Answered.class, answered -> {
                    assertThat(answered.listed().receipt().kind()).isEqualTo(GatewayReceipt.Kind.CANCEL);
                    assertThat(answered.listed().receipt().receiptKey()).isEqualTo("c_" + key);
                });
        assertThat(gateway().call(cancel(key, 2, 20_001))).isEqualTo(new ReceiptOutcome.Happened("FORBIDDEN_REQUEST"));
        assertThat(gateway().call(cancel("another", 3, 1))).isEqualTo(new ReceiptOutcome.OurFault("NOT_FOUND_RECEIPT"));
        assertThat(toss.receipts(ORDER)).containsExactly("CONFIRM 33000", "CANCEL 13000");
    }

    @Test
    void day_is_read_to_its_last_page() {
        ReceiptGateway gateway = gateway();
        for (int i = 2; i <= MORE_THAN_A_PAGE; i++) {
            gateway.call(issue(i, new OrderId("ord_of_a_long_day_" + i), 1));
        }
        LocalDate today = LocalDate.ofInstant(receiptOf(gateway.call(issue(1))).requestedAt(), ZoneId.of("Asia/Seoul"));

        List<ListedReceipt> listed = ((ReceiptListing.Read) gateway.list(today)).receipts();

        assertThat(listed)
                .extracting(ListedReceipt::orderId)
                .doesNotHaveDuplicates()
                .hasSize(MORE_THAN_A_PAGE);
        assertThat(toss.calls()).filteredOn(call -> call.method().equals("GET")).hasSize(2);
        assertThat(gateway.list(today.minusDays(2))).isEqualTo(new ReceiptListing.Read(List.of()));
    }

    @Test
    void answer_of_an_older_version_of_the_api_is_none() {
        toss.nextReceipt(ORDER, new TossStub.Fault.Bent(receipt -> {
            receipt.remove(List.of("transactionType", "requestedAt", "issueStatus"));
            return receipt;
        }));

        assertThat(gateway().call(issue(1))).isEqualTo(new ReceiptOutcome.Unclear("UNCLEAR_ANSWER"));
    }

    @Test
    void refusal_and_silence_tell_neither_the_log_nor_the_caller_a_number(CapturedOutput log) {
        toss.nextReceipt(
                ORDER,
                new TossStub.Fault.Bytes(
                        400, "{\"code\":\"INVALID_CASH_RECEIPT_INFO\",\"message\":\"" + NUMBER + "\"}"),
                new TossStub.Fault.Slow(Duration.ofMinutes(1)));

        assertThat(gateway().call(issue(1)))
                .isEqualTo(new ReceiptOutcome.Declined(new Failure("INVALID_CASH_RECEIPT_INFO", null)));
        assertThat(gateway(Duration.ofMillis(300)).call(issue(2))).isEqualTo(new ReceiptOutcome.Unknown("TIMEOUT"));
        assertThat(log.getAll()).contains("Toss did not answer").doesNotContain(NUMBER);
    }

    private static GatewayReceipt receiptOf(ReceiptOutcome outcome) {
        return ((ReceiptOutcome.Answered) outcome).listed().receipt();
    }

    private static ReceiptCall.Issue issue(int number) {
        return issue(1, ORDER, number);
    }

    private static ReceiptCall.Issue issue(int request, OrderId order, int number) {
        return new ReceiptCall.Issue(
                SequentialIds.id(request),
                number,
                order,
                "머그컵 외 1건",
                ReceiptType.INCOME_DEDUCTION,
                new ReceiptNumber(NUMBER),
                Money.ofWon(33_000),
                Money.ZERO);
    }

    private static ReceiptCall.Cancel cancel(String key, int number, long won) {
        return new ReceiptCall.Cancel(SequentialIds.id(900), number, ORDER, key, Money.ofWon(won));
    }

    private ReceiptGateway gateway() {
        return gateway(Duration.ofSeconds(20));
    }

    private ReceiptGateway gateway(Duration timeout) {
        return new TossConfiguration()
                .tossReceiptGateway(
                        RestClient.builder(),
                        new TossAccess(URI.create(toss.url()), "test_sk_1", "test_ck_1"),
                        new TossProperties(timeout, timeout, timeout, timeout, 1, 1, 1, 1, false),
                        new World().quota,
                        new CallRoom(Map.of()),
                        new JsonMapper());
    }
}
