package dev.wonflow.sandbox.payment.web;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.payment.Buyer;
import dev.wonflow.sandbox.payment.CashReceiptRequest;
import dev.wonflow.sandbox.payment.CashReceiptType;
import dev.wonflow.sandbox.payment.FreeInstallments;
import dev.wonflow.sandbox.payment.Terms;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what several requests have in common. */
public final class PaymentBody {

    private static final int MOST_VALID_HOURS = 2_160;

    private PaymentBody() {}

    /** The members about the buyer, each of which may be missing. */
    public static Buyer buyer(JsonBody body) {
        return new Buyer(
                body.optionalText("customerKey").orElse(null),
                body.optionalText("customerName").orElse(null),
                body.optionalText("customerEmail").orElse(null),
                body.optionalText("customerMobilePhone").orElse(null));
    }

    /**
     * The members about escrow, the time to deposit and the cash receipt, each of which may be missing.
     *
     * @throws Refused if a virtual account cannot be valid for so long
     */
    public static Terms terms(JsonBody body) {
        return new Terms(
                body.flag("useEscrow"),
                body.flag("cultureExpense"),
                depositWithin(body),
                null,
                cashReceipt(body),
                FreeInstallments.NONE);
    }

    private static @Nullable Duration depositWithin(JsonBody body) {
        int hours = body.number("validHours", 0);
        if (hours < 0) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        if (hours > MOST_VALID_HOURS) {
            throw new Refused(TossError.EXCEED_MAX_VALID_HOURS);
        }
        return hours == 0 ? null : Duration.ofHours(hours);
    }

    private static @Nullable CashReceiptRequest cashReceipt(JsonBody body) {
        Optional<JsonBody> receipt = body.object("cashReceipt");
        if (receipt.isEmpty() || receipt.get().text("type").equals("미발행")) {
            return null;
        }
        return CashReceiptType.named(receipt.get().text("type"))
                .map(type -> new CashReceiptRequest(
                        type, receipt.get().optionalText("registrationNumber").orElse(null)))
                .orElseThrow(() -> new Refused(TossError.INVALID_REGISTRATION_NUMBER_TYPE));
    }
}
