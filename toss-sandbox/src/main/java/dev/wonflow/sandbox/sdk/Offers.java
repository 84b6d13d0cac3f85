package dev.wonflow.sandbox.sdk;

import dev.wonflow.sandbox.institution.Bank;
import dev.wonflow.sandbox.institution.CardCompany;
import dev.wonflow.sandbox.institution.EasyPayProvider;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the sandbox's windows and widgets let a buyer choose from: the usual ones, not all Toss has a code for. */
public final class Offers {

    /** Card companies, the largest first. */
    public static final List<CardCompany> CARDS = List.of(
            CardCompany.SHINHAN,
            CardCompany.HYUNDAI,
            CardCompany.SAMSUNG,
            CardCompany.KOOKMIN,
            CardCompany.LOTTE,
            CardCompany.WOORI,
            CardCompany.HANA,
            CardCompany.NONGHYEOP,
            CardCompany.BC,
            CardCompany.TOSSBANK,
            CardCompany.KAKAOBANK,
            CardCompany.KBANK);

    private static final List<CardCompany> APP_CARDS = List.of(
            CardCompany.SHINHAN,
            CardCompany.HYUNDAI,
            CardCompany.SAMSUNG,
            CardCompany.KOOKMIN,
            CardCompany.LOTTE,
            CardCompany.WOORI,
            CardCompany.NONGHYEOP);

    private static final List<CardCompany> INTERNATIONAL_CARDS =
            List.of(CardCompany.VISA, CardCompany.MASTER, CardCompany.JCB, CardCompany.UNIONPAY, CardCompany.AMEX);

    /** Part of the cards, where a shop wants no others. */
    public enum Only {
        /** Those whose application can be opened without a choice before it (앱카드). */
        APP_CARDS,
        /** Those of overseas brands. */
        INTERNATIONAL_CARDS;

        public List<CardCompany> companies() {
            return switch (this) {
                case APP_CARDS -> Offers.APP_CARDS;
                case INTERNATIONAL_CARDS -> Offers.INTERNATIONAL_CARDS;
            };
        }
    }

    /** Providers of easy pay. */
    public static final List<EasyPayProvider> EASY_PAY = List.of(
            EasyPayProvider.TOSSPAY,
            EasyPayProvider.NAVERPAY,
            EasyPayProvider.KAKAOPAY,
            EasyPayProvider.SAMSUNGPAY,
            EasyPayProvider.PAYCO,
            EasyPayProvider.SSG);

    /** Banks that issue virtual accounts. */
    public static final List<Bank> ISSUING_BANKS =
            banks("신한", "국민", "우리", "하나", "농협", "기업", "우체국", "부산", "경남", "광주", "iM", "수협", "새마을");

    /** Banks a transfer can come from. */
    public static final List<Bank> BANKS =
            banks("신한", "국민", "우리", "하나", "농협", "기업", "카카오", "토스", "케이", "SC", "우체국", "새마을");

    private Offers() {}

    private static List<Bank> banks(String... names) {
        return Stream.of(names).map(Bank::named).flatMap(Optional::stream).toList();
    }
}
