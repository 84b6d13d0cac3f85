package dev.wonflow.issuer;

import java.net.URI;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcLogoutAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcLogoutAuthenticationToken;
import org.springframework.util.StringUtils;

/** Sends people after a sign-out nowhere else than to the pages they signed in for. */
final class SignOutTargets implements Consumer<OidcLogoutAuthenticationContext> {

    private final PageOrigins pages;

    SignOutTargets(PageOrigins pages) {
        this.pages = pages;
    }

    @Override
    public void accept(OidcLogoutAuthenticationContext context) {
        OidcLogoutAuthenticationToken asked = context.getAuthentication();
        String page = asked.getPostLogoutRedirectUri();
        if (StringUtils.hasText(page) && !isOurs(page)) {
            throw new OAuth2AuthenticationException(
                    new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST, "post_logout_redirect_uri", null));
        }
    }

    private boolean isOurs(@Nullable String page) {
        try {
            return page != null && pages.include(URI.create(page));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
