package dev.wonflow.sandbox.instrument;

import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.language.Words;
import java.util.Locale;
import java.util.Optional;

/** How a buyer pays. */
public enum PaymentMethod {
    CARD("카드", 100),
    VIRTUAL_ACCOUNT("가상계좌", 200),
    EASY_PAY("간편결제", 100),
    MOBILE_PHONE("휴대폰", 1),
    TRANSFER("계좌이체", 200),
    CULTURE_GIFT_CERTIFICATE("문화상품권", 1),
    BOOK_GIFT_CERTIFICATE("도서문화상품권", 1),
    GAME_GIFT_CERTIFICATE("게임문화상품권", 1),
    FOREIGN_EASY_PAY("해외간편결제", 1);

    private static final long LARGEST_TRANSFER_WON = 10_000_000;
    /** What a telephone bill takes in a month, so one payment cannot be larger, whose bill it may be. */
    public static final long LARGEST_MOBILE_PHONE_WON = 1_000_000;

    private final String korean;
    private final long smallestMinor;

    PaymentMethod(String korean, long smallestMinor) {
        this.korean = korean;
        this.smallestMinor = smallestMinor;
    }

    /** Finds a method by its Korean or its English name; Toss accepts both. */
    public static Optional<PaymentMethod> named(String name) {
        for (PaymentMethod method : values()) {
            if (method.korean.equals(name) || method.name().equals(name)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }

    /** The name in the language of the caller. */
    public String label(Locale locale) {
        return Words.in(locale, korean, name());
    }

    /** The smallest amount Toss takes by this method: in won, overseas one cent or one yen. */
    public long smallestMinor() {
        return smallestMinor;
    }

    /** Why Toss would not take the amount by this method; empty if it would. */
    public Optional<TossError> refusalOf(long amountMinor) {
        if (amountMinor < smallestMinor) {
            return Optional.of(TossError.BELOW_MINIMUM_AMOUNT);
        }
        return switch (this) {
            case TRANSFER ->
                Optional.of(TossError.EXCEEDS_TRANSFER_AMOUNT_MAXIMUM).filter(_ -> amountMinor > LARGEST_TRANSFER_WON);
            case MOBILE_PHONE ->
                Optional.of(TossError.EXCEED_MAX_MONTHLY_PAYMENT_AMOUNT)
                        .filter(_ -> amountMinor > LARGEST_MOBILE_PHONE_WON);
            case CARD,
                    VIRTUAL_ACCOUNT,
                    EASY_PAY,
                    CULTURE_GIFT_CERTIFICATE,
                    BOOK_GIFT_CERTIFICATE,
                    GAME_GIFT_CERTIFICATE,
                    FOREIGN_EASY_PAY -> Optional.empty();
        };
    }
}
