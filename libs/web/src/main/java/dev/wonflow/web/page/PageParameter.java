package dev.wonflow.web.page;

import dev.wonflow.web.InvalidRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives a handler its {@link PageRequest}. */
public final class PageParameter implements HandlerMethodArgumentResolver {

    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";

    private static final Pattern SHORT_NUMBER = Pattern.compile("[0-9]{1,4}");

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().equals(PageRequest.class);
    }

    @Override
    public PageRequest resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return of(request);
    }

    static PageRequest of(NativeWebRequest request) {
        return new PageRequest(limit(single(request, LIMIT)), after(single(request, CURSOR)));
    }

    private static @Nullable String single(NativeWebRequest request, String name) {
        String[] values = request.getParameterValues(name);
        if (values == null) {
            return null;
        }
        if (values.length > 1) {
            throw new InvalidRequest(name + ": given " + values.length + " times (expected: once)");
        }
        return values[0];
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return PageRequest.DEFAULT_LIMIT;
        }
        int limit = SHORT_NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > PageRequest.MAX_LIMIT) {
            throw new InvalidRequest(
                    "limit: of another form (expected: whole number, 1 to " + PageRequest.MAX_LIMIT + ")");
        }
        return limit;
    }

    private static @Nullable Position after(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return Position.of(cursor);
        } catch (IllegalArgumentException _) {
            throw new InvalidRequest("cursor: none of ours (expected: what \"next\" of an earlier page says)");
        }
    }
}
