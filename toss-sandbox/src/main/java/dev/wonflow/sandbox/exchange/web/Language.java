package dev.wonflow.sandbox.exchange.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;

/** Korean, unless {@code Accept-Language} prefers English. A page takes {@code ?lang=} first. */
@Component("localeResolver")
public final class Language implements LocaleResolver {

    private static final List<Locale> SPOKEN = List.of(Locale.KOREAN, Locale.ENGLISH);

    private static final Pattern ASKED = Pattern.compile("(?:^|&)lang=(ko|en)(?:&|$)");

    /** The language of a caller. */
    public static Locale of(HttpServletRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        if (accepted == null) {
            return Locale.KOREAN;
        }
        try {
            Locale preferred = Locale.lookup(Locale.LanguageRange.parse(accepted), SPOKEN);
            return preferred == null ? Locale.KOREAN : preferred;
        } catch (IllegalArgumentException _) {
            return Locale.KOREAN;
        }
    }

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        // From the query alone: asking for a parameter would read the body, which is the handler's.
        String query = request.getQueryString();
        Matcher asked = ASKED.matcher(query == null ? "" : query);
        return asked.find() ? Locale.of(asked.group(1)) : of(request);
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        throw new UnsupportedOperationException("the language follows Accept-Language");
    }
}
