package dev.wonflow.sandbox.receipt;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Has the tax office decide about a receipt, or a cancel of one, before its time. */
@Component
public class DecideCashReceipt {

    private final CashReceipts receipts;
    private final Clock clock;

    DecideCashReceipt(CashReceipts receipts, Clock clock) {
        this.receipts = receipts;
        this.clock = clock;
    }

    /**
     * Agrees or refuses, at once.
     *
     * @param receiptKey of a receipt, or of its cancels; of those it is the oldest that is not decided about
     * @param refusal null to agree
     * @return what was decided about; empty if nothing was asked for under the key
     * @throws AlreadyDecided if the tax office has spoken
     */
    public Optional<CashReceipt> decide(String receiptKey, @Nullable NtsFailure refusal) {
        Instant now = clock.instant();
        return receipts.exclusively(() -> receipts.toBeDecided(receiptKey, now).map(receipt -> {
            CashReceipt.Status status = receipt.status(now);
            if (status != CashReceipt.Status.IN_PROGRESS) {
                throw new AlreadyDecided(receiptKey, status);
            }
            CashReceipt decided = receipt.decided(refusal, now);
            receipts.replace(decided);
            return decided;
        }));
    }
}
