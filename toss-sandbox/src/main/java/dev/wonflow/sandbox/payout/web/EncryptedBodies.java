package dev.wonflow.sandbox.payout.web;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.Exchange;
import dev.wonflow.sandbox.exchange.web.ReadRequest;
import dev.wonflow.sandbox.merchant.SecurityKey;
import dev.wonflow.sandbox.merchant.SecurityKeys;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Opens encrypted requests before anybody reads them, and seals what they are answered with. Comes inside of what every
 * call goes through, so that a kept answer is given again as it was sealed.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class EncryptedBodies extends OncePerRequestFilter {

    private static final String SECURITY_MODE = "TossPayments-api-security-mode";
    private static final String ENCRYPTION = "ENCRYPTION";

    /** A hundred payouts with everything in them come to less, encrypted. */
    private static final int LONGEST_BODY = 2 * 1024 * 1024;

    private final SecurityKeys securityKeys;
    private final Jwe jwe;

    EncryptedBodies(SecurityKeys securityKeys, Jwe jwe) {
        this.securityKeys = securityKeys;
        this.jwe = jwe;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !(request.getAttribute(Exchange.ATTRIBUTE) instanceof Exchange)
                || !request.getRequestURI().startsWith("/v2/")
                || !ENCRYPTION.equalsIgnoreCase(request.getHeader(SECURITY_MODE));
    }

    /**
     * @throws Refused if the merchant has no security key, or the body was not encrypted with it; told in plain JSON
     */
    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Exchange exchange = (Exchange) request.getAttribute(Exchange.ATTRIBUTE);
        List<SecurityKey> keys = securityKeys.of(exchange.keys().merchant().mId());
        if (keys.isEmpty()) {
            throw new Refused(TossError.FORBIDDEN_REQUEST);
        }
        byte[] body = request.getInputStream().readNBytes(LONGEST_BODY);
        SecurityKey key = keys.getFirst();
        byte[] opened = body;
        if (body.length > 0) {
            Jwe.Opened content = jwe.open(new String(body, StandardCharsets.US_ASCII).strip(), keys);
            key = content.key();
            opened = content.payload();
        }
        ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
        chain.doFilter(new ReadRequest(request, opened), answer);
        response.setContentType(MediaType.TEXT_PLAIN_VALUE);
        response.getOutputStream().write(jwe.seal(answer.getContentAsByteArray(), key));
    }
}
