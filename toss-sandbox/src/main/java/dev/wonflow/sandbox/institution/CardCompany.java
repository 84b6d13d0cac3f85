package dev.wonflow.sandbox.institution;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A card company. The name of the constant is the English name Toss takes in requests.
 *
 * @see <a href="https://docs.tosspayments.com/codes/org-codes">Toss institution codes</a>
 */
public enum CardCompany {
    IBK_BC("3K", "기업BC"),
    GWANGJUBANK("46", "광주"),
    LOTTE("71", "롯데"),
    KDBBANK("30", "산업"),
    BC("31", "BC"),
    SAMSUNG("51", "삼성"),
    SAEMAUL("38", "새마을"),
    SHINHAN("41", "신한"),
    SHINHYEOP("62", "신협"),
    CITI("36", "씨티"),
    /** Woori cards that BC acquires; a request that says 우리 means {@link #WOORI}. */
    WOORI_BC("33", "우리"),
    WOORI("W1", "우리"),
    POST("37", "우체국"),
    SAVINGBANK("39", "저축"),
    JEONBUKBANK("35", "전북"),
    JEJUBANK("42", "제주"),
    KAKAOBANK("15", "카카오뱅크"),
    KBANK("3A", "케이뱅크"),
    TOSSBANK("24", "토스뱅크"),
    HANA("21", "하나"),
    HYUNDAI("61", "현대"),
    KOOKMIN("11", "국민"),
    NONGHYEOP("91", "농협"),
    SUHYEOP("34", "수협"),
    DINERS("6D", "다이너스"),
    MASTER("4M", "마스터"),
    UNIONPAY("3C", "유니온페이"),
    AMEX("7A", "AMEX"),
    JCB("4J", "JCB"),
    VISA("4V", "VISA");

    private static final Map<String, CardCompany> BY_NAME = Arrays.stream(values())
            .flatMap(company -> Stream.of(company.code, company.korean, company.name())
                    .distinct()
                    .map(name -> Map.entry(name, company)))
            // Of two companies with one name the later is meant: WOORI, not WOORI_BC.
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue, (_, later) -> later));

    private final String code;
    private final String korean;

    CardCompany(String code, String korean) {
        this.code = code;
        this.korean = korean;
    }

    /** Finds a company by its code, its Korean or its English name; Toss accepts all three. */
    public static Optional<CardCompany> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name.equals("비씨") ? "BC" : name));
    }

    /** Two characters, the codes since 2022-11-16. */
    public String code() {
        return code;
    }

    /** The Korean name. */
    public String korean() {
        return korean;
    }
}
