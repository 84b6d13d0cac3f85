package dev.wonflow.issuer;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/**
 * Puts into an access token what the services read: for whom it is, whose tenant it is, and what it permits. An id
 * token gets nothing of it, so no service takes one for an access token.
 */
final class TokenClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {

    /** Whom every access token is for: all services of Wonflow together. */
    static final String AUDIENCE = "wonflow";

    static final String SCOPE = "scope";

    private final People people;

    TokenClaims(People people) {
        this.people = people;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        if (!OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
            return;
        }
        RegisteredClient client = context.getRegisteredClient();
        JwtClaimsSet.Builder claims = context.getClaims();
        claims.audience(List.of(AUDIENCE)).claim("client_id", client.getClientId());
        if (client.getClientId().equals(Clients.PAGES)) {
            Person person = person(context.getPrincipal());
            person.tenant().ifPresent(tenant -> claims.claim("tenant", tenant));
            grant(claims, context.getAuthorizedScopes(), person.role()::may);
        } else {
            Clients.tenantOf(client).ifPresent(tenant -> claims.claim("tenant", tenant));
            grant(claims, context.getAuthorizedScopes(), _ -> true);
        }
    }

    /** What was asked for and may be had. A page asks for all it could use; a viewer then gets less than an owner. */
    private static void grant(JwtClaimsSet.Builder claims, Set<String> asked, Predicate<Permission> may) {
        Set<String> scopes = new LinkedHashSet<>();
        Set<String> permissions = new LinkedHashSet<>();
        for (String scope : asked) {
            Optional<Permission> permission = Permission.of(scope);
            if (permission.filter(may).isPresent()) {
                permissions.add(scope);
            }
            if (permission.filter(may).isPresent() || scope.equals(OidcScopes.OPENID)) {
                scopes.add(scope);
            }
        }
        claims.claim("permissions", List.copyOf(permissions)).claim(SCOPE, List.copyOf(scopes));
    }

    private Person person(@Nullable Authentication signedIn) {
        return Optional.ofNullable(signedIn)
                .map(Authentication::getName)
                .flatMap(people::named)
                .orElseThrow(() -> new IllegalStateException("person: unknown (expected: someone who signed in)"));
    }
}
