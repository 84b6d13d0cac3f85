package dev.wonflow.issuer.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A page sent someone here to sign in, and asked wrongly. It is told so where it may be redirected to; else the person
 * reads which parameter was wrong.
 */
public final class RefusedRequest implements AuthenticationFailureHandler {

    private static final Page PAGE = Page.named("refused");

    /** How Spring names the parameter. */
    private static final Pattern PARAMETER = Pattern.compile("OAuth 2\\.0 Parameter: ([a-z_]+)");

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
            throws IOException {
        if (exception instanceof OAuth2AuthorizationCodeRequestAuthenticationException refused) {
            OAuth2AuthorizationCodeRequestAuthenticationToken asked =
                    refused.getAuthorizationCodeRequestAuthentication();
            if (asked != null && asked.getRedirectUri() != null) {
                response.sendRedirect(back(asked, asked.getRedirectUri(), refused));
                return;
            }
        }
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        response.setContentType(MediaType.TEXT_HTML_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().print(PAGE.with("parameter", parameter(exception)).html());
    }

    private static String back(
            OAuth2AuthorizationCodeRequestAuthenticationToken asked,
            String redirectUri,
            OAuth2AuthorizationCodeRequestAuthenticationException refused) {
        UriComponentsBuilder back = UriComponentsBuilder.fromUriString(redirectUri)
                .queryParam("error", "{error}")
                .queryParam("error_description", "{description}");
        String state = asked.getState() == null ? "" : asked.getState();
        if (!state.isEmpty()) {
            back.queryParam("state", "{state}");
        }
        String[] values = {refused.getError().getErrorCode(), "Wrong or missing: " + parameter(refused), state};
        return back.encode().buildAndExpand((Object[]) values).toUriString();
    }

    private static String parameter(AuthenticationException exception) {
        String description = exception instanceof OAuth2AuthenticationException oauth
                ? oauth.getError().getDescription()
                : null;
        Matcher named = PARAMETER.matcher(description == null ? "" : description);
        return named.find() ? named.group(1) : "the request";
    }
}
