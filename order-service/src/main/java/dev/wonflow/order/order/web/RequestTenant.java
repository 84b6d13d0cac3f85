package dev.wonflow.order.order.web;

import dev.wonflow.order.cart.Text;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Whose data a request is about. There is no sign-in yet, so the caller says it in a header; this class is where the
 * tenant will come out of the token instead. Until then only trusted callers may reach this service.
 */
final class RequestTenant {

    static final String HEADER = "Wonflow-Tenant";

    private static final String DEFAULT = "default";
    private static final int MAX_LENGTH = 100;

    private RequestTenant() {}

    static String of(HttpServletRequest request) {
        String tenant = request.getHeader(HEADER);
        return tenant == null ? DEFAULT : Text.require(HEADER, tenant.strip(), MAX_LENGTH);
    }
}
