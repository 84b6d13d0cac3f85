package dev.wonflow.sandbox.payment.web;

import dev.wonflow.sandbox.card.FreeInstallments;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.web.JsonBody;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import dev.wonflow.sandbox.order.Buyer;
import dev.wonflow.sandbox.receipt.CashReceiptRequest;
import dev.wonflow.sandbox.receipt.CashReceiptType;
import dev.wonflow.sandbox.session.Overseas;
import dev.wonflow.sandbox.session.Terms;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what several requests have in common. */
public final class PaymentBody {

    private static final int MOST_VALID_HOURS = 2_160;
    private static final int LONGEST_REGISTRATION_NUMBER = 30;

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

    /**
     * Looks at the types of members a sandbox makes nothing of: where the buyer is, how the card was authenticated
     * ({@code vbv}), and what is held in escrow.
     *
     * @throws Refused if one of them is of another type
     */
    public static void checkUnused(JsonBody body) {
        Optional<String> _ = body.optionalText("customerIp");
        body.object("vbv").ifPresent(vbv -> checkTexts(vbv, "cavv", "xid", "eci"));
        body.objects("escrowProducts").forEach(product -> {
            checkTexts(product, "id", "name", "code");
            Optional<Long> _ = product.won("unitPrice");
            Optional<Long> _ = product.won("quantity");
        });
    }

    private static void checkTexts(JsonBody body, String... names) {
        for (String name : names) {
            Optional<String> _ = body.optionalText(name);
        }
    }

    /**
     * The members about overseas easy pay, as the browser SDK names them; null for a method of Korea.
     *
     * @throws Refused if the method does not take the currency
     */
    public static @Nullable Overseas overseas(JsonBody body, PaymentMethod method) {
        Optional<JsonBody> said = body.object("foreignEasyPay");
        return Overseas.of(
                method,
                body.optionalText("currency").orElse("KRW"),
                said.flatMap(of -> of.optionalText("provider")).orElse(null),
                said.flatMap(of -> of.optionalText("country")).orElse(null));
    }

    private static @Nullable Duration depositWithin(JsonBody body) {
        Long hours = body.won("validHours").orElse(null);
        if (hours == null) {
            return null;
        }
        if (hours < 1) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        if (hours > MOST_VALID_HOURS) {
            throw new Refused(TossError.EXCEED_MAX_VALID_HOURS);
        }
        return Duration.ofHours(hours);
    }

    private static @Nullable CashReceiptRequest cashReceipt(JsonBody body) {
        Optional<JsonBody> receipt = body.object("cashReceipt");
        if (receipt.isEmpty() || receipt.get().text("type").equals("미발행")) {
            return null;
        }
        String number = receipt.get().optionalText("registrationNumber").orElse(null);
        if (number != null && number.length() > LONGEST_REGISTRATION_NUMBER) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        return CashReceiptType.named(receipt.get().text("type"))
                .map(type -> new CashReceiptRequest(type, number))
                .orElseThrow(() -> new Refused(TossError.INVALID_REGISTRATION_NUMBER_TYPE));
    }
}
