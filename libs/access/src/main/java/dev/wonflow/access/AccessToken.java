package dev.wonflow.access;

import dev.wonflow.runtime.TenantId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;

/** What the claims of an access token mean here. */
final class AccessToken {

    static final String TENANT = "tenant";
    static final String PERMISSIONS = "permissions";

    /** What every caller with a permission of operators has; for settings that can name only one. */
    static final GrantedAuthority OPERATOR = new SimpleGrantedAuthority("operator");

    private static final String OF_OPERATORS = "operator:";

    private AccessToken() {}

    /**
     * Reads the tenant.
     *
     * @return none for an operator
     * @throws IllegalArgumentException if there is one that is no text, or of no form a tenant has
     */
    static @Nullable TenantId tenant(Jwt token) {
        Object claim = token.getClaims().get(TENANT);
        return switch (claim) {
            case null -> null;
            case String text -> new TenantId(text);
            default -> throw new IllegalArgumentException("tenant: no text (expected: text of 1 to 100 characters)");
        };
    }

    /** Answers who calls; the route has made sure that there is a tenant. */
    static Caller caller(Jwt token) {
        TenantId tenant = tenant(token);
        if (tenant == null) {
            throw new IllegalStateException("token without a tenant (expected: a route with @AllowedTo)");
        }
        return new Caller(tenant, subject(token), client(token));
    }

    /** Answers who calls; the route has made sure that it is an operator. */
    static Operator operator(Jwt token) {
        return new Operator(subject(token), client(token));
    }

    /** Answers who it is; a token that does not say is none. */
    static String subject(Jwt token) {
        return Objects.requireNonNull(token.getSubject(), "sub");
    }

    private static @Nullable String client(Jwt token) {
        return Stream.of("client_id", "azp")
                .map(token.getClaims()::get)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(name -> !name.isBlank())
                .findFirst()
                .orElse(null);
    }

    static boolean isOfOperators(String permission) {
        return permission.startsWith(OF_OPERATORS);
    }

    /** A claim of another kind than a list of texts gives no permission. */
    static List<GrantedAuthority> permissions(Jwt token) {
        List<String> named = token.getClaims().get(PERMISSIONS) instanceof List<?> claim
                ? claim.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .filter(permission -> permission.contains(":"))
                        .toList()
                : List.of();
        Stream<GrantedAuthority> operator =
                named.stream().anyMatch(AccessToken::isOfOperators) ? Stream.of(OPERATOR) : Stream.empty();
        return Stream.concat(named.stream().map(SimpleGrantedAuthority::new), operator)
                .toList();
    }
}
