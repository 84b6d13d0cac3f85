package dev.wonflow.access;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Lets no service start that has a route nobody has decided about. */
final class StatedRoutes implements SmartInitializingSingleton {

    private static final Pattern PERMISSION = Pattern.compile("[a-z]+(?:[:-][a-z]+)*:[a-z]+");

    private final ObjectProvider<RequestMappingHandlerMapping> mappings;

    StatedRoutes(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.mappings = mappings;
    }

    @Override
    public void afterSingletonsInstantiated() {
        mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().values().stream())
                .filter(handler -> !ErrorController.class.isAssignableFrom(handler.getBeanType()))
                .forEach(StatedRoutes::check);
    }

    private static void check(HandlerMethod handler) {
        AllowedTo allowed = handler.getMethodAnnotation(AllowedTo.class);
        boolean open = handler.hasMethodAnnotation(OpenToAll.class);
        if ((allowed == null) != open) {
            throw unfit(handler, open ? "both" : "neither", "one of @AllowedTo and @OpenToAll");
        }
        boolean asksForCaller = asksFor(Caller.class, handler);
        boolean asksForOperator = asksFor(Operator.class, handler);
        if (allowed == null) {
            if (asksForCaller || asksForOperator) {
                throw unfit(handler, "open, with a Caller", "@AllowedTo, or no Caller");
            }
            return;
        }
        if (allowed.value().length == 0) {
            throw unfit(handler, "no permission", "one or more");
        }
        boolean forOperators = Arrays.stream(allowed.value()).allMatch(AccessToken::isOfOperators);
        if (!forOperators && Arrays.stream(allowed.value()).anyMatch(AccessToken::isOfOperators)) {
            throw unfit(handler, "for tenants and for operators", "a route for either");
        }
        if (forOperators ? asksForCaller : asksForOperator) {
            throw unfit(handler, "with the other kind of caller", "a Caller for tenants, an Operator for operators");
        }
        for (String permission : allowed.value()) {
            if (!PERMISSION.matcher(permission).matches()) {
                throw unfit(handler, permission, "a permission such as checkout:write");
            }
        }
    }

    private static boolean asksFor(Class<?> type, HandlerMethod handler) {
        return Arrays.stream(handler.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType().equals(type));
    }

    private static IllegalStateException unfit(HandlerMethod handler, String found, String expected) {
        return new IllegalStateException(
                "route " + handler.getShortLogMessage() + ": " + found + " (expected: " + expected + ")");
    }
}
