package dev.wonflow.sandbox.institution;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A bank, or a securities firm that keeps accounts. Beware: 11 is Kookmin among the cards and Nonghyup among the banks.
 *
 * @param code two characters, the codes since 2022-11-16
 * @param korean Korean name; of securities firms only the code is known here
 * @param english name Toss takes in requests, and of the constants of its packages
 * @param issuesVirtualAccounts whether it gives out virtual accounts
 * @see <a href="https://docs.tosspayments.com/codes/org-codes">Toss institution codes</a>
 */
public record Bank(String code, String korean, String english, boolean issuesVirtualAccounts) {

    private static final Pattern SECURITIES_FIRM = Pattern.compile("S[0-9A-Q]");

    /** Other names requests use for some of them. */
    private static final Map<String, String> ALIASES =
            Map.of("대구", "iM", "iM뱅크", "iM", "SC제일", "SC", "카카오뱅크", "카카오", "케이뱅크", "케이", "토스뱅크", "토스");

    private static final Map<String, Bank> BY_NAME = Stream.of(
                    issuing("39", "경남", "KYONGNAMBANK"),
                    issuing("34", "광주", "GWANGJUBANK"),
                    other("12", "단위농협", "LOCALNONGHYEOP"),
                    issuing("32", "부산", "BUSANBANK"),
                    issuing("45", "새마을", "SAEMAUL"),
                    other("64", "산림", "SANLIM"),
                    issuing("88", "신한", "SHINHAN"),
                    other("48", "신협", "SHINHYUP"),
                    other("27", "씨티", "CITI"),
                    issuing("20", "우리", "WOORI"),
                    issuing("71", "우체국", "POST"),
                    other("50", "저축", "SAVINGBANK"),
                    other("37", "전북", "JEONBUKBANK"),
                    other("35", "제주", "JEJUBANK"),
                    other("90", "카카오", "KAKAOBANK"),
                    other("89", "케이", "KBANK"),
                    other("92", "토스", "TOSSBANK"),
                    issuing("81", "하나", "HANA"),
                    other("54", "HSBC", "HSBC"),
                    issuing("03", "기업", "IBK"),
                    issuing("06", "국민", "KOOKMIN"),
                    issuing("31", "iM", "DAEGUBANK"),
                    other("02", "산업", "KDB"),
                    issuing("11", "농협", "NONGHYEOP"),
                    other("23", "SC", "SC"),
                    issuing("07", "수협", "SUHYEOP"))
            .flatMap(bank ->
                    Stream.of(bank.code, bank.korean, bank.english).distinct().map(name -> Map.entry(name, bank)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private static Bank issuing(String code, String korean, String english) {
        return new Bank(code, korean, english, true);
    }

    private static Bank other(String code, String korean, String english) {
        return new Bank(code, korean, english, false);
    }

    /** Finds a bank by its code, its Korean or its English name; Toss accepts all three. */
    public static Optional<Bank> named(String name) {
        Bank bank = BY_NAME.get(ALIASES.getOrDefault(name, name));
        if (bank == null && SECURITIES_FIRM.matcher(name).matches()) {
            return Optional.of(other(name, name, name));
        }
        return Optional.ofNullable(bank);
    }
}
