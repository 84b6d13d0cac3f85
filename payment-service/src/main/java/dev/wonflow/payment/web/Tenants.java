package dev.wonflow.payment.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/**
 * Says whose data a request is about. There is no sign-in yet, so a header says it; when there is one, the tenant will
 * be read from the token here, and nowhere else.
 */
@Component
class Tenants {

    private static final String HEADER = "Wonflow-Tenant";
    private static final String DEFAULT = "default";
    private static final int MAX_LENGTH = 100;

    String of(HttpServletRequest request) {
        String named = request.getHeader(HEADER);
        if (named == null || named.isBlank()) {
            return DEFAULT;
        }
        if (named.length() > MAX_LENGTH) {
            throw new BadRequest(HEADER + ": " + named.length() + " characters (expected: at most " + MAX_LENGTH + ")");
        }
        return named.strip();
    }
}
