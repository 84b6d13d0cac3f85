package dev.wonflow.web;

import dev.wonflow.runtime.trace.Trace;
import dev.wonflow.runtime.trace.Traceparent;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers a request as part of the trace its caller sent along, so that what it causes carries that trace on. A header
 * that is none, or that came twice, counts as no trace.
 */
final class IncomingTrace extends OncePerRequestFilter {

    private static final String STEP = "http";

    private final Trace trace;

    IncomingTrace(Trace trace) {
        this.trace = trace;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            trace.resume(cause(request), STEP, () -> pass(request, response, chain));
        } catch (Passing e) {
            throw e.asItWas();
        }
    }

    private static Optional<Traceparent> cause(HttpServletRequest request) {
        List<String> values = Collections.list(request.getHeaders(Traceparent.HEADER));
        return values.size() == 1 ? Traceparent.parse(values.getFirst()) : Optional.empty();
    }

    private static void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException e) {
            throw new Passing(e);
        }
    }

    /** Carries a checked exception past a {@link Runnable}. */
    private static final class Passing extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final Exception passed;

        Passing(Exception passed) {
            super(passed);
            this.passed = passed;
        }

        IOException asItWas() throws ServletException {
            if (passed instanceof ServletException servlet) {
                throw servlet;
            }
            return (IOException) passed;
        }
    }
}
