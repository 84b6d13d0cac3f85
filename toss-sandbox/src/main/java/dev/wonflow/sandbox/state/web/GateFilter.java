package dev.wonflow.sandbox.state.web;

import dev.wonflow.sandbox.state.Gate;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Takes every call through the gate. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class GateFilter extends OncePerRequestFilter {

    /** They close or pass the gate themselves, run tasks, stream without end, or must be answered whatever happens. */
    private static final List<String> PAST_THE_GATE =
            List.of("/control/snapshots", "/control/clock", "/control/triggers", "/control/webhooks/feed", "/actuator");

    private final Gate gate;

    GateFilter(Gate gate) {
        this.gate = gate;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // As the server understood it: the address as it was sent can be spelled in many ways.
        return PAST_THE_GATE.stream().anyMatch(request.getServletPath()::startsWith);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        gate.enter();
        try {
            chain.doFilter(request, response);
        } finally {
            gate.leave();
        }
    }
}
