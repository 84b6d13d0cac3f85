package dev.wonflow.sandbox.receipt;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.merchant.Merchant;
import dev.wonflow.sandbox.mint.Mint;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes a cash receipt back, as a whole or in part. */
@Component
public class CancelCashReceipt {

    private static final String CANCEL_PREFIX = "c_";

    private final CashReceipts receipts;
    private final ReceiptSettings settings;
    private final Mint mint;
    private final Clock clock;

    CancelCashReceipt(CashReceipts receipts, ReceiptSettings settings, Mint mint, Clock clock) {
        this.receipts = receipts;
        this.settings = settings;
        this.mint = mint;
        this.clock = clock;
    }

    /**
     * A cancel that went through.
     *
     * @param issued the receipt as it is now
     * @param cancel the request to the tax office, in progress like any other
     */
    public record Canceled(CashReceipt issued, CashReceipt cancel) {}

    /**
     * Cancels a receipt.
     *
     * @param won null for what is left of it
     * @throws Refused if the merchant has none of this key, or less is left than is to be cancelled
     */
    public Canceled cancel(Merchant merchant, String receiptKey, @Nullable Long won) {
        if (won != null && won <= 0) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        Instant now = clock.instant();
        return receipts.exclusively(() -> {
            CashReceipt before = receipts.find(receiptKey)
                    .filter(receipt -> receipt.mId().equals(merchant.mId()))
                    .orElseThrow(() -> new Refused(TossError.NOT_FOUND_RECEIPT));
            long amountWon = won == null ? before.cancelableWon() : won;
            if (!before.standsFor(now) || amountWon > before.cancelableWon()) {
                throw new Refused(TossError.FORBIDDEN_REQUEST);
            }
            CashReceipt issued = before.canceled(amountWon, now);
            receipts.replace(issued);
            return new Canceled(issued, receipts.add(cursor -> canceling(cursor, before, amountWon, now)));
        });
    }

    private CashReceipt canceling(long cursor, CashReceipt issued, long amountWon, Instant now) {
        // What carries no tax is taken back last, so that a partial cancel never takes back more of it than is left.
        long taxFreeLeftBefore = Math.min(issued.taxFreeWon(), issued.cancelableWon());
        long taxFreeLeftAfter = Math.min(issued.taxFreeWon(), issued.cancelableWon() - amountWon);
        return new CashReceipt(
                cursor,
                CANCEL_PREFIX + issued.receiptKey(),
                issued.mId(),
                issued.orderId(),
                issued.orderName(),
                issued.type(),
                mint.issueNumber(),
                CashReceipt.Kind.CANCEL,
                amountWon,
                taxFreeLeftBefore - taxFreeLeftAfter,
                issued.businessNumber(),
                issued.customerIdentityNumber(),
                now,
                now.plus(settings.decidedAfter()),
                null,
                0,
                null);
    }
}
