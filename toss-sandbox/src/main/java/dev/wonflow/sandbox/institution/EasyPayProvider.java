package dev.wonflow.sandbox.institution;

import java.util.Optional;

/** A provider of easy pay in Korea. Answers carry the Korean name whatever language is asked for. */
public enum EasyPayProvider {
    TOSSPAY("토스페이"),
    NAVERPAY("네이버페이"),
    SAMSUNGPAY("삼성페이"),
    APPLEPAY("애플페이"),
    LPAY("엘페이"),
    KAKAOPAY("카카오페이"),
    PAYCO("페이코"),
    SSG("SSG페이"),
    PINPAY("핀페이");

    private final String korean;

    EasyPayProvider(String korean) {
        this.korean = korean;
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

    /** The Korean name. */
    public String korean() {
        return korean;
    }
}
