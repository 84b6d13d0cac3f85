package dev.wonflow.sandbox.session;

import dev.wonflow.sandbox.currency.Currency;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.institution.EasyPayProvider;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a payment by overseas easy pay (해외간편결제) has besides any other.
 *
 * @param currency never won
 * @param provider the only provider on offer; null if the buyer chooses
 * @param country where the buyer is, by the two letters of ISO 3166; null if the merchant does not say
 */
public record Overseas(
        Currency currency,
        @Nullable EasyPayProvider provider,
        @Nullable String country) {

    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

    /**
     * Reads what a merchant asks for.
     *
     * @param currency ISO 4217 code
     * @param provider Korean or English name
     * @return null for a method of Korea
     * @throws Refused if the method, or the provider, does not take the currency
     */
    public static @Nullable Overseas of(
            PaymentMethod method, String currency, @Nullable String provider, @Nullable String country) {
        Currency in = Currency.of(currency).orElseThrow(() -> new Refused(TossError.INVALID_CURRENCY));
        if (method != PaymentMethod.FOREIGN_EASY_PAY) {
            if (in != Currency.KRW) {
                throw new Refused(TossError.INVALID_CURRENCY);
            }
            return null;
        }
        if (country != null && !COUNTRY.matcher(country).matches()) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        Overseas overseas = new Overseas(in, provider == null ? null : providerNamed(provider), country);
        if (overseas.providers().isEmpty()) {
            throw new Refused(TossError.INVALID_CURRENCY);
        }
        return overseas;
    }

    private static EasyPayProvider providerNamed(String name) {
        return EasyPayProvider.named(name)
                .filter(EasyPayProvider::isOverseas)
                .orElseThrow(() -> new Refused(TossError.INVALID_EASY_PAY));
    }

    /** The providers on offer, the usual one first. */
    public List<EasyPayProvider> providers() {
        return EasyPayProvider.overseas(currency).stream()
                .filter(one -> provider == null || provider == one)
                .toList();
    }
}
