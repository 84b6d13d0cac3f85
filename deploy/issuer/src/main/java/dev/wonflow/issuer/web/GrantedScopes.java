package dev.wonflow.issuer.web;

import com.nimbusds.jwt.JWTParser;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.text.ParseException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AccessTokenResponseAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/**
 * Answers a request for a token. A person's token may hold less than their page asked for, and then the answer has to
 * say so (RFC 6749, section 5.1).
 */
public final class GrantedScopes implements AuthenticationSuccessHandler {

    private final OAuth2AccessTokenResponseAuthenticationSuccessHandler answer =
            new OAuth2AccessTokenResponseAuthenticationSuccessHandler();

    public GrantedScopes() {
        answer.setAccessTokenResponseCustomizer(GrantedScopes::say);
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException, ServletException {
        answer.onAuthenticationSuccess(request, response, authentication);
    }

    private static void say(OAuth2AccessTokenAuthenticationContext context) {
        OAuth2AccessTokenAuthenticationToken given = context.getAuthentication();
        context.getAccessTokenResponse().scopes(scopes(given.getAccessToken().getTokenValue()));
    }

    private static Set<String> scopes(String token) {
        try {
            return new LinkedHashSet<>(JWTParser.parse(token).getJWTClaimsSet().getStringListClaim("scope"));
        } catch (ParseException e) {
            throw new IllegalStateException("access token just made: not a JWT with a list of scopes", e);
        }
    }
}
