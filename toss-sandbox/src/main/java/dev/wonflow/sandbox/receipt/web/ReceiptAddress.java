package dev.wonflow.sandbox.receipt.web;

import dev.wonflow.sandbox.instrument.PaymentMethod;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/** Where receipts are said to be: on the host of test payments, where nobody looks for one. Seen. */
public final class ReceiptAddress {

    private static final String HOST = "https://dashboard-sandbox.tosspayments.com";

    private ReceiptAddress() {}

    /** The receipt of a payment; what was paid into a virtual account has another page than the rest. */
    public static String of(PaymentMethod method, String paymentKey) {
        String page = method == PaymentMethod.VIRTUAL_ACCOUNT ? "payment-detail/bank-transfer" : "redirection";
        return HOST + "/receipt/" + page + "?transactionId=" + paymentKey + "&ref=PX";
    }

    /** The cash receipt of an order. */
    public static String ofCash(String orderId, String mId) {
        return HOST + "/receipts/cash-receipt/" + UriUtils.encodePathSegment(orderId, StandardCharsets.UTF_8) + "/"
                + UriUtils.encodePathSegment(mId, StandardCharsets.UTF_8) + "?ref=PX";
    }
}
