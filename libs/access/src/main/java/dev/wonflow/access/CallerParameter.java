package dev.wonflow.access;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives a handler its {@link Caller}, or {@link Operator}. */
final class CallerParameter implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().equals(Caller.class) || isOperator(parameter);
    }

    @Override
    public Record resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken token) {
            return isOperator(parameter)
                    ? AccessToken.operator(token.getToken())
                    : AccessToken.caller(token.getToken());
        }
        throw new IllegalStateException(parameter.getExecutable() + ": no token (expected: a route with @AllowedTo)");
    }

    private static boolean isOperator(MethodParameter parameter) {
        return parameter.getParameterType().equals(Operator.class);
    }
}
