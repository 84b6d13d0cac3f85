package dev.wonflow.webhook.web;

import dev.wonflow.webhook.Refusal;
import dev.wonflow.webhook.WebhookRefused;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sends the answer to a body that we will not take before the rest of that body is read: who declares gigabytes learns
 * at once, and who sends a little too much gets to see why.
 */
@Component
final class AnswerFirst extends OncePerRequestFilter {

    /** Request attribute with the {@link Refusal}, if there was one. */
    static final String REFUSED = Refusal.class.getName();

    /** Those that leave a body, or some of it, unread. */
    private static final Set<Refusal> UNREAD = EnumSet.of(Refusal.BODY_TOO_LARGE, Refusal.UNKNOWN_CODING);

    private final Bodies bodies;

    AnswerFirst(Bodies bodies) {
        this.bodies = bodies;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (request.getAttribute(REFUSED) instanceof Refusal refusal && UNREAD.contains(refusal)) {
            response.getOutputStream().close();
            try {
                bodies.discard(request);
            } catch (WebhookRefused _) {
                // Too slow or broken off: the answer is out, and the connection ends here either way.
            }
        }
    }
}
