package dev.wonflow.sandbox.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CashReceiptsTest {

    private static final Instant NOON = Instant.parse("2026-01-05T03:00:00Z");

    private final ReceiptSettings settings = new ReceiptSettings(Duration.ofDays(1), "1234567890", 2);
    private final CashReceipts receipts = new CashReceipts(settings);

    @Test
    void receipts_survive_as_json_and_numbers_go_on() {
        CashReceipt first = receipts.add(issued("key-1", "order-1"));
        receipts.add(issued("key-2", "order-2"));
        receipts.replace(first.canceled(1_000, NOON).decided(NtsFailure.TS1, NOON));
        JsonMapper json = JsonMapper.shared();

        CashReceipts.State read = json.readValue(json.writeValueAsString(receipts.state()), CashReceipts.State.class);

        assertThat(read).isEqualTo(receipts.state());
        CashReceipts others = new CashReceipts(settings);
        others.add(issued("key-3", "order-3"));
        others.restore(read);
        assertThat(others.state()).isEqualTo(receipts.state());
        assertThat(others.find("key-3")).isEmpty();
        assertThat(others.latestOf("mid", "order-2")).isPresent();
        assertThat(others.add(issued("key-3", "order-3")).cursor()).isEqualTo(3);
    }

    @Test
    void a_forgotten_receipt_is_found_neither_by_key_nor_by_order() {
        receipts.add(issued("key-1", "order-1"));
        receipts.add(issued("key-2", "order-2"));
        receipts.add(issued("key-3", "order-3"));

        assertThat(receipts.find("key-1")).isEmpty();
        assertThat(receipts.latestOf("mid", "order-1")).isEmpty();
        assertThat(receipts.after(0, 10, _ -> true))
                .extracting(CashReceipt::receiptKey)
                .containsExactly("key-2", "key-3");
    }

    @Test
    void nothing_printed_names_the_customer() {
        receipts.add(issued("key-1", "order-1"));

        assertThat(receipts.state().toString()).doesNotContain("01012345678");
    }

    private static LongFunction<CashReceipt> issued(String receiptKey, String orderId) {
        return cursor -> new CashReceipt(
                cursor,
                receiptKey,
                "mid",
                orderId,
                "머그컵",
                ReceiptType.INCOME_DEDUCTION,
                "123456789",
                CashReceipt.Kind.CONFIRM,
                10_000,
                0,
                "1234567890",
                "01012345678",
                NOON,
                NOON.plus(Duration.ofDays(1)),
                null,
                0,
                null);
    }
}
