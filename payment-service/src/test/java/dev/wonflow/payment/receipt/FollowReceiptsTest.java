package dev.wonflow.payment.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.GatewayReceipt;
import dev.wonflow.payment.gateway.ListedReceipt;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.payment.payment.World;
import dev.wonflow.testsupport.SequentialIds;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the tax office decided about the receipts of a day. */
class FollowReceiptsTest {

    private static final LocalDate DAY = LocalDate.parse("2026-01-05");

    private final World world = new World();
    private final ReceiptWorld receipts = new ReceiptWorld(world, (_, _) -> {});
    private final PaymentId payment = world.given(PaymentStatus.PARTIALLY_REFUNDED);

    @Test
    void cancels_of_one_second_are_decided_about_once_all_of_them_are() {
        receipts.receipts.save(new CashReceipt(
                payment,
                cancel(26_000, GatewayReceipt.Status.IN_PROGRESS),
                new ReceiptRequestId(SequentialIds.id(900)),
                PaymentFixture.NOON));

        listed(cancel(13_000, GatewayReceipt.Status.COMPLETED));
        assertThat(receipts.followReceipts().look(DAY))
                .as("one of them is not in the list yet")
                .contains(PaymentFixture.NOON.plus(Duration.ofMinutes(10)));
        listed(cancel(13_000, GatewayReceipt.Status.COMPLETED), cancel(13_000, GatewayReceipt.Status.IN_PROGRESS));
        assertThat(receipts.followReceipts().look(DAY)).isPresent();
        listed(cancel(13_000, GatewayReceipt.Status.COMPLETED), cancel(13_000, GatewayReceipt.Status.COMPLETED));
        assertThat(receipts.followReceipts().look(DAY)).isEmpty();

        assertThat(receipts.receipts.of(payment))
                .extracting(CashReceipt::told)
                .containsExactly(cancel(26_000, GatewayReceipt.Status.COMPLETED));
    }

    private void listed(GatewayReceipt... told) {
        receipts.desk.listed.clear();
        for (GatewayReceipt one : List.of(told)) {
            receipts.desk.listed.add(new ListedReceipt(PaymentFixture.ORDER.value(), one));
        }
    }

    private static GatewayReceipt cancel(long won, GatewayReceipt.Status status) {
        return new GatewayReceipt(
                "c_receipt-1",
                GatewayReceipt.Kind.CANCEL,
                "소득공제",
                Money.ofWon(won),
                Money.ZERO,
                "240015772",
                null,
                status,
                null,
                null,
                PaymentFixture.NOON);
    }
}
