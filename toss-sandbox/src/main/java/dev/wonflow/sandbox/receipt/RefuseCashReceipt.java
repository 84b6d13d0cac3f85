package dev.wonflow.sandbox.receipt;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Has the tax office refuse a receipt it has not decided about. */
@Component
public class RefuseCashReceipt {

    private final CashReceipts receipts;
    private final Clock clock;

    RefuseCashReceipt(CashReceipts receipts, Clock clock) {
        this.receipts = receipts;
        this.clock = clock;
    }

    /**
     * Refuses a receipt, at once.
     *
     * @return the receipt, failed; empty if nothing was issued under the key
     * @throws AlreadyDecided if the tax office has spoken
     */
    public Optional<CashReceipt> refuse(String receiptKey, NtsFailure failure) {
        Instant now = clock.instant();
        return receipts.exclusively(() -> receipts.find(receiptKey).map(receipt -> {
            if (receipt.status(now) != CashReceipt.Status.IN_PROGRESS) {
                throw new AlreadyDecided(receipt, now);
            }
            CashReceipt refused = receipt.refused(failure, now);
            receipts.replace(refused);
            return refused;
        }));
    }
}
