package dev.wonflow.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.WebApplicationContextUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Finds what a request leads to by asking what the dispatcher is about to ask, so that no second list of addresses can
 * differ from the routes there are.
 */
final class Routes {

    private static final String HEALTH = "health";

    /** Move the clocks of a stack on someone's own machine; a service that can be reached by others has none. */
    private static final String CLOCK = "clock";

    private static final String TENANT_CLOCK = "tenantclock";

    private static final Route OPEN = new Route.Open();
    private static final Route PROBE = new Route.Probe();
    private static final Route NOTHING = new Route.Nothing();
    private static final Route CLOSED = new Route.Closed();
    private static final Route FOR_OPERATORS = new Route.ForOperators(Set.of());

    private final Supplier<List<HandlerMapping>> mappings;
    private final RequestMatcher probes = EndpointRequest.toAdditionalPaths(WebServerNamespace.SERVER, HEALTH);
    private final RequestMatcher managed = EndpointRequest.to(HEALTH, CLOCK, TENANT_CLOCK);

    Routes(ObjectProvider<HandlerMapping> mappings) {
        // Not now: what they map may need what needs this.
        this.mappings = SingletonSupplier.of(() -> mappings.orderedStream().toList());
    }

    Route of(HttpServletRequest request) {
        if (isOnManagementPort(request)) {
            return managed.matches(request) ? PROBE : FOR_OPERATORS;
        }
        return probes.matches(request) ? OPEN : onPublicPort(request);
    }

    private static boolean isOnManagementPort(HttpServletRequest request) {
        WebApplicationContext context =
                WebApplicationContextUtils.getRequiredWebApplicationContext(request.getServletContext());
        return WebServerApplicationContext.hasServerNamespace(context, WebServerNamespace.MANAGEMENT.getValue());
    }

    private Route onPublicPort(HttpServletRequest request) {
        if (!ServletRequestPathUtils.hasParsedRequestPath(request)) {
            ServletRequestPathUtils.parseAndCache(request);
        }
        try {
            for (HandlerMapping mapping : mappings.get()) {
                HandlerExecutionChain found = mapping.getHandler(request);
                if (found != null) {
                    return of(found.getHandler());
                }
            }
            return NOTHING;
        } catch (ServletException _) {
            // There is a route, for another method or another kind of body; the dispatcher will say so, and call
            // nobody.
            return NOTHING;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("route of " + request.getMethod() + ": not found out", e);
        }
    }

    private static Route of(Object handler) {
        if (!(handler instanceof HandlerMethod method)) {
            return CLOSED;
        }
        if (ErrorController.class.isAssignableFrom(method.getBeanType())) {
            return NOTHING;
        }
        if (method.hasMethodAnnotation(OpenToAll.class)) {
            return OPEN;
        }
        AllowedTo allowed = method.getMethodAnnotation(AllowedTo.class);
        if (allowed == null) {
            return CLOSED;
        }
        Set<String> permissions = Set.of(allowed.value());
        return permissions.stream().allMatch(AccessToken::isOfOperators)
                ? new Route.ForOperators(permissions)
                : new Route.ForTenants(permissions);
    }
}
