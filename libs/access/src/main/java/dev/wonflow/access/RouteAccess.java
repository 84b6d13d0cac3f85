package dev.wonflow.access;

import dev.wonflow.access.Refusal.Why;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Decides whether a caller may call a route. What nobody has decided about is refused. */
final class RouteAccess implements AuthorizationManager<RequestAuthorizationContext> {

    private static final AuthorizationResult GRANTED = new AuthorizationDecision(true);
    private static final AuthorizationResult NO_TOKEN = new AuthorizationDecision(false);

    private final Routes routes;

    RouteAccess(Routes routes) {
        this.routes = routes;
    }

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> caller, RequestAuthorizationContext context) {
        Route route = routes.of(context.getRequest());
        return switch (route) {
            case Route.Open _, Route.Probe _ -> GRANTED;
            case Route.Nothing _, Route.Closed _, Route.ForOperators _, Route.ForTenants _ ->
                caller.get() instanceof JwtAuthenticationToken token ? withToken(route, token) : NO_TOKEN;
        };
    }

    private static AuthorizationResult withToken(Route route, JwtAuthenticationToken caller) {
        return switch (route) {
            case Route.Open _, Route.Probe _, Route.Nothing _ -> GRANTED;
            case Route.Closed _ -> Refusal.CLOSED;
            case Route.ForOperators(var permissions) -> ofOperators(permissions, caller);
            case Route.ForTenants(var permissions) -> ofTenant(permissions, caller);
        };
    }

    private static AuthorizationResult ofOperators(Set<String> permissions, JwtAuthenticationToken caller) {
        Set<String> enough = permissions.isEmpty()
                ? Set.of(Objects.requireNonNull(AccessToken.OPERATOR.getAuthority()))
                : permissions;
        return hasOneOf(enough, caller) ? GRANTED : new Refusal(Why.PERMISSION_MISSING, enough);
    }

    private static AuthorizationResult ofTenant(Set<String> permissions, JwtAuthenticationToken caller) {
        if (!hasOneOf(permissions, caller)) {
            return new Refusal(Why.PERMISSION_MISSING, permissions);
        }
        return hasTenant(caller.getToken()) ? GRANTED : new Refusal(Why.TENANT_MISSING, permissions);
    }

    private static boolean hasOneOf(Set<String> permissions, JwtAuthenticationToken caller) {
        return caller.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .anyMatch(given -> given != null && permissions.contains(given));
    }

    private static boolean hasTenant(Jwt token) {
        try {
            return AccessToken.tenant(token) != null;
        } catch (IllegalArgumentException _) {
            // One of no form a tenant has is none.
            return false;
        }
    }
}
