package dev.wonflow.sandbox.receipt;

import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.merchant.Merchant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Lists what a merchant asked the tax office for on one day. */
@Component
public class ListCashReceipts {

    private final CashReceipts receipts;

    ListCashReceipts(CashReceipts receipts) {
        this.receipts = receipts;
    }

    /**
     * One page.
     *
     * @param lastCursor where the next page begins; the one this page began at if it is empty
     */
    public record Page(boolean hasNext, long lastCursor, List<CashReceipt> receipts) {}

    /**
     * Lists the requests of a day in Seoul, oldest first.
     *
     * @param cursor after which request the page begins; 0 for the first page
     */
    public Page list(Merchant merchant, LocalDate day, long cursor, int limit) {
        List<CashReceipt> oneMore = receipts.after(
                cursor,
                limit + 1,
                receipt -> receipt.mId().equals(merchant.mId())
                        && receipt.requestedAt()
                                .atZone(SandboxClock.SEOUL)
                                .toLocalDate()
                                .equals(day));
        List<CashReceipt> page = oneMore.subList(0, Math.min(limit, oneMore.size()));
        return new Page(
                oneMore.size() > limit, page.isEmpty() ? cursor : page.getLast().cursor(), page);
    }

    /** The order a receipt was issued for; empty if nothing was issued under the key. */
    public Optional<String> orderIdOf(String receiptKey) {
        return receipts.find(receiptKey).map(CashReceipt::orderId);
    }
}
