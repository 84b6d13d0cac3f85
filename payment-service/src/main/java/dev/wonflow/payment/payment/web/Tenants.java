package dev.wonflow.payment.payment.web;

import dev.wonflow.payment.Text;
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
        try {
            return Text.require(HEADER, named.strip(), MAX_LENGTH);
        } catch (IllegalArgumentException e) {
            throw new BadRequest(String.valueOf(e.getMessage()));
        }
    }
}
