package dev.wonflow.idempotency;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives a handler its {@link Once}. */
final class OnceParameter implements HandlerMethodArgumentResolver {

    private final Function<KeyedRequest, Once> byKey;

    OnceParameter(Function<KeyedRequest, Once> byKey) {
        this.byKey = byKey;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().equals(Once.class);
    }

    @Override
    public Once resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        String[] keys = request.getHeaderValues(Fingerprints.KEY);
        if (keys == null || keys.length == 0) {
            return Once.withoutKey();
        }
        if (keys.length > 1) {
            throw new KeyUnusable("given " + keys.length + " times");
        }
        Object fingerprint = request.getAttribute(Fingerprints.ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
        HttpServletRequest http = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
        return byKey.apply(new KeyedRequest(
                keys[0], (String) Objects.requireNonNull(fingerprint, "no fingerprint"), http.getRequestURI()));
    }
}
