package dev.wonflow.sandbox.session;

import dev.wonflow.sandbox.currency.Currency;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import dev.wonflow.sandbox.merchant.KeyPair;
import dev.wonflow.sandbox.order.Buyer;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a payment was opened with. None of it changes afterwards: a confirm must name the same order and amount. All
 * amounts of a payment are in the minor unit of its currency, which is won unless it is by overseas easy pay.
 *
 * @param openedWith keys of the merchant that opened it
 * @param method method the window offers
 * @param taxExemptionMinor part of the amount that is no price at all
 * @param overseas what is to be said of overseas easy pay; null for a method of Korea
 * @param metadata what the merchant wants to find again; null if nothing
 * @param successUrl where the buyer is sent after authenticating; null if no buyer is there
 * @param failUrl where the buyer is sent otherwise; null if no buyer is there
 * @param checkoutUrl address of the payment window
 */
public record Session(
        String paymentKey,
        KeyPair openedWith,
        PaymentType type,
        String orderId,
        String orderName,
        PaymentMethod method,
        long amountMinor,
        long taxFreeMinor,
        long taxExemptionMinor,
        Buyer buyer,
        Terms terms,
        @Nullable Overseas overseas,
        @Nullable Map<String, String> metadata,
        @Nullable String successUrl,
        @Nullable String failUrl,
        String checkoutUrl,
        Instant requestedAt) {

    /** How many characters were given to be kept with the payment, roughly. */
    public long characters() {
        long told = Stream.of(orderId, orderName, checkoutUrl)
                .mapToLong(String::length)
                .sum();
        long addresses = Stream.of(successUrl, failUrl)
                .flatMap(Stream::ofNullable)
                .mapToLong(String::length)
                .sum();
        long attached = metadata == null
                ? 0
                : metadata.entrySet().stream()
                        .flatMap(pair -> Stream.of(pair.getKey(), pair.getValue()))
                        .mapToLong(String::length)
                        .sum();
        return told + addresses + attached;
    }

    /** What its amounts are counted in. */
    public Currency currency() {
        return overseas == null ? Currency.KRW : overseas.currency();
    }

    /** The country Toss says the payment is from. */
    public String country() {
        return overseas == null || overseas.country() == null ? "KR" : overseas.country();
    }
}
