package dev.wonflow.sandbox.window.web;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.institution.Bank;
import dev.wonflow.sandbox.institution.CardCompany;
import dev.wonflow.sandbox.institution.EasyPayProvider;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import dev.wonflow.sandbox.instrument.RefundAccount;
import dev.wonflow.sandbox.sdk.Opening;
import dev.wonflow.sandbox.session.Choice;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the form of the window sends: what the buyer picked, as far as the shop left it open.
 *
 * @param pay {@code card:} and a card company, or {@code easy:} and a provider
 * @param easyCard the card registered with the provider; none for its money or account
 * @param months instalments
 */
record Picked(
        @Nullable String pay,
        @Nullable String easyCard,
        @Nullable Integer months,
        @Nullable String bank) {

    /**
     * Reads it for a payment.
     *
     * @throws Refused if there is no such thing to pick
     */
    Choice choice(PaymentMethod method, Opening opening) {
        return switch (method) {
            case CARD, EASY_PAY -> cardOrEasyPay(method, opening.card());
            case FOREIGN_EASY_PAY ->
                new Choice(
                        method,
                        one(after("easy:"), EasyPayProvider::named, TossError.INVALID_EASY_PAY),
                        null,
                        0,
                        0,
                        null,
                        null);
            case VIRTUAL_ACCOUNT -> byAccount(method, opening.refundAccount());
            case TRANSFER -> byAccount(method, null);
            case MOBILE_PHONE, CULTURE_GIFT_CERTIFICATE, BOOK_GIFT_CERTIFICATE, GAME_GIFT_CERTIFICATE ->
                Choice.of(method);
        };
    }

    private Choice byAccount(PaymentMethod method, @Nullable RefundAccount refundAccount) {
        return new Choice(method, null, null, 0, 0, one(bank, Bank::named, TossError.INVALID_BANK), refundAccount);
    }

    private Choice cardOrEasyPay(PaymentMethod method, Opening.CardTerms terms) {
        EasyPayProvider provider = terms.easyPay() == null
                ? one(after("easy:"), EasyPayProvider::named, TossError.INVALID_EASY_PAY)
                : terms.easyPay();
        if (provider == null && method == PaymentMethod.EASY_PAY) {
            provider = Choice.of(method).easyPay();
        }
        if (provider != null) {
            return new Choice(
                    PaymentMethod.EASY_PAY,
                    provider,
                    one(easyCard, CardCompany::named, TossError.INVALID_CARD_COMPANY),
                    0,
                    0,
                    null,
                    null);
        }
        CardCompany company = terms.company() == null
                ? one(after("card:"), CardCompany::named, TossError.INVALID_CARD_COMPANY)
                : terms.company();
        int plan = terms.months() == null ? Objects.requireNonNullElse(months, 0) : terms.months();
        return new Choice(PaymentMethod.CARD, null, company, plan, terms.discountMinor(), null, null);
    }

    private @Nullable String after(String kind) {
        return pay != null && pay.startsWith(kind) ? pay.substring(kind.length()) : null;
    }

    private static <T> @Nullable T one(@Nullable String name, Function<String, Optional<T>> lookup, TossError unknown) {
        return name == null || name.isEmpty() ? null : lookup.apply(name).orElseThrow(() -> new Refused(unknown));
    }
}
