package dev.wonflow.subscription.notice.mail;

import dev.wonflow.subscription.notice.Language;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How sums and moments are put into words; moments as they are in Seoul, where what is paid is counted. */
final class Wording {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final String MOMENT = "At";

    private static final DateTimeFormatter KOREAN =
            DateTimeFormatter.ofPattern("yyyy년 M월 d일 HH:mm", Locale.KOREAN).withZone(SEOUL);

    private static final DateTimeFormatter ENGLISH = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'KST'", Locale.ENGLISH)
            .withZone(SEOUL);

    private Wording() {}

    /**
     * Puts a fact into words.
     *
     * @param name one that ends with {@code At} is that of a moment
     * @param value a text or, of whole won, a number
     */
    static String of(String name, Object value, Language language) {
        if (value instanceof Number won) {
            String digits = NumberFormat.getIntegerInstance(Locale.ROOT).format(won.longValue());
            return language == Language.KO ? digits + "원" : "KRW " + digits;
        }
        String text = value.toString();
        if (name.endsWith(MOMENT)) {
            return (language == Language.KO ? KOREAN : ENGLISH).format(Instant.parse(text));
        }
        return text;
    }
}
