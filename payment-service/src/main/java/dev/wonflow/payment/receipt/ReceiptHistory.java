package dev.wonflow.payment.receipt;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.payment.PastReceipts;
import java.util.List;
import org.springframework.stereotype.Service;

/** Cash receipts as the history of payments shows them. */
@Service
class ReceiptHistory implements PastReceipts {

    private final Receipts receipts;

    ReceiptHistory(Receipts receipts) {
        this.receipts = receipts;
    }

    @Override
    public List<PastReceipt> of(PaymentId id) {
        return receipts.of(id).stream()
                .map(receipt -> new PastReceipt(receipt.told(), receipt.changedAt()))
                .toList();
    }
}
