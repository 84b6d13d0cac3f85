package dev.wonflow.openapi;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.web.page.PageRequest;
import dev.wonflow.web.statement.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.ApplicationContext;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * A route of a running service.
 *
 * @param method in upper case
 * @param place among the addresses of its handler, from 0
 */
record Route(String method, String path, HandlerMethod handler, int place) {

    /** By name: a service without a database has no such class. */
    private static final String ONCE = "dev.wonflow.idempotency.Once";

    /** All there are, in the order a document has them. */
    static List<Route> of(ApplicationContext service) {
        return service.getBeansOfType(RequestMappingHandlerMapping.class).values().stream()
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .filter(route ->
                        !ErrorController.class.isAssignableFrom(route.getValue().getBeanType()))
                .flatMap(route -> of(route.getKey(), route.getValue()))
                .sorted(Comparator.comparing(Route::path).thenComparing(Route::method))
                .toList();
    }

    private static Stream<Route> of(RequestMappingInfo mapping, HandlerMethod handler) {
        List<String> paths = List.copyOf(mapping.getPatternValues());
        Set<?> methods = mapping.getMethodsCondition().getMethods();
        if (methods.isEmpty()) {
            throw new IllegalStateException("route " + paths + ": any method (expected: one that is named)");
        }
        return paths.stream()
                .flatMap(path -> methods.stream()
                        .map(method -> new Route(method.toString(), path, handler, paths.indexOf(path))));
    }

    /** Such as {@code POST /api/orders/{id}/ship}. */
    String name() {
        return method + " " + path;
    }

    Operation operation() {
        Operation stated = handler.getMethodAnnotation(Operation.class);
        if (stated == null) {
            throw new IllegalStateException(name() + ": undescribed (expected: @Operation at its handler)");
        }
        return stated;
    }

    /** The noun it is about: the package its adapter lies below. */
    String noun() {
        String[] packages = handler.getBeanType().getPackageName().split("\\.", -1);
        return packages[packages.length - 2];
    }

    /** Permissions of which one is enough; none if it is open. */
    List<String> permissions() {
        AllowedTo allowed = handler.getMethodAnnotation(AllowedTo.class);
        return allowed == null ? List.of() : List.of(allowed.value());
    }

    Stream<MethodParameter> parameters() {
        return Arrays.stream(handler.getMethodParameters());
    }

    Optional<Class<?>> body() {
        return bodyParameter().map(MethodParameter::getParameterType);
    }

    /** Whether it is refused without a body; one that takes none is not. */
    boolean needsBody() {
        return bodyParameter()
                .map(parameter -> parameter.getParameterAnnotation(RequestBody.class))
                .map(RequestBody::required)
                .orElse(readsBytes());
    }

    private Optional<MethodParameter> bodyParameter() {
        return parameters()
                .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                .findFirst();
    }

    /** Whether the handler reads the body by itself. */
    boolean readsBytes() {
        return !method.equals("GET") && hasParameter(HttpServletRequest.class.getName());
    }

    /** Whether whoever calls it is of no tenant. */
    boolean isOfOperators() {
        return permissions().stream().allMatch(permission -> permission.startsWith("operator:"));
    }

    boolean hasQueryParameters() {
        return parameters().anyMatch(parameter -> parameter.hasParameterAnnotation(RequestParam.class));
    }

    boolean isOnce() {
        return hasParameter(ONCE);
    }

    boolean isPaged() {
        return hasParameter(PageRequest.class.getName());
    }

    private boolean hasParameter(String type) {
        return parameters()
                .anyMatch(parameter -> parameter.getParameterType().getName().equals(type));
    }

    @Nullable
    Class<?> query() {
        Class<?> query = operation().query();
        return query == Void.class ? null : query;
    }
}
