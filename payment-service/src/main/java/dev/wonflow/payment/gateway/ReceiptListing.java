package dev.wonflow.payment.gateway;

import java.util.List;

/** What asking for the cash receipts of a day can end in. */
public sealed interface ReceiptListing {

    /** All that Toss lists; what cannot be read is left out. */
    record Read(List<ListedReceipt> receipts) implements ReceiptListing {

        public Read {
            receipts = List.copyOf(receipts);
        }
    }

    /** No usable answer; ask again later. */
    record Unclear(String cause) implements ReceiptListing {}

    /** We asked wrongly; someone must act. */
    record OurFault(String code) implements ReceiptListing {}
}
