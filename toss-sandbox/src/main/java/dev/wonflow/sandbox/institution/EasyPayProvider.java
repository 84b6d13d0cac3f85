package dev.wonflow.sandbox.institution;

import dev.wonflow.sandbox.currency.Currency;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A provider of easy pay, in Korea or overseas. Answers carry the Korean name whatever language is asked for; of those
 * overseas only that of Alipay was seen.
 */
public enum EasyPayProvider {
    TOSSPAY("토스페이"),
    NAVERPAY("네이버페이"),
    SAMSUNGPAY("삼성페이"),
    APPLEPAY("애플페이"),
    LPAY("엘페이"),
    KAKAOPAY("카카오페이"),
    PAYCO("페이코"),
    SSG("SSG페이"),
    PINPAY("핀페이"),
    PAYPAL("페이팔", Currency.USD),
    ALIPAY("알리페이", Currency.USD),
    ALIPAYHK("알리페이홍콩", Currency.USD),
    GCASH("지캐시", Currency.USD),
    TOUCHNGO("터치앤고", Currency.USD),
    DANA("다나", Currency.USD),
    TRUEMONEY("트루머니", Currency.USD),
    RABBIT_LINE_PAY("래빗라인페이", Currency.USD),
    BOOST("부스트", Currency.USD),
    BPI("BPI", Currency.USD),
    BILLEASE("빌리즈", Currency.USD),
    PAYPAY("페이페이", Currency.JPY);

    private final String korean;
    private final Currency currency;

    EasyPayProvider(String korean) {
        this(korean, Currency.KRW);
    }

    EasyPayProvider(String korean, Currency currency) {
        this.korean = korean;
        this.currency = currency;
    }

    /** Those overseas that take a currency; the one used most comes first. */
    public static List<EasyPayProvider> overseas(Currency currency) {
        return Arrays.stream(values())
                .filter(provider -> provider.isOverseas() && provider.currency == currency)
                .toList();
    }

    /** Finds a provider by its Korean or its English name; Toss accepts both. */
    public static Optional<EasyPayProvider> named(String name) {
        for (EasyPayProvider provider : values()) {
            if (provider.korean.equals(name) || provider.name().equals(name)) {
                return Optional.of(provider);
            }
        }
        return Optional.empty();
    }

    /** Whether it is one of overseas easy pay (해외간편결제). */
    public boolean isOverseas() {
        return currency != Currency.KRW;
    }

    /** The only currency it takes. Dollars are documented; that PayPay takes yen is assumed. */
    public Currency currency() {
        return currency;
    }

    /** The Korean name. */
    public String korean() {
        return korean;
    }
}
