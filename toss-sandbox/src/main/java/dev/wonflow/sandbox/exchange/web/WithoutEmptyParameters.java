package dev.wonflow.sandbox.exchange.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request whose empty parameters are not there: samples of Toss send those they have nothing to say about. Seen. */
final class WithoutEmptyParameters extends HttpServletRequestWrapper {

    WithoutEmptyParameters(HttpServletRequest request) {
        super(request);
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = getParameterValues(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        String[] all = super.getParameterValues(name);
        if (all == null) {
            return null;
        }
        String[] values = Arrays.stream(all).filter(value -> !value.isEmpty()).toArray(String[]::new);
        return values.length == 0 ? null : values;
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> parameters = new LinkedHashMap<>();
        for (String name : super.getParameterMap().keySet()) {
            String[] values = getParameterValues(name);
            if (values != null) {
                parameters.put(name, values);
            }
        }
        return parameters;
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }
}
