package dev.wonflow.sandbox.exchange.web;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies that do not end, or that break off, before any handler reads them. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BodyLimit extends OncePerRequestFilter {

    private final long longest;

    BodyLimit(ExchangeSettings settings) {
        this.longest = settings.longestBody().toBytes();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new Limited(request), response);
    }

    private final class Limited extends HttpServletRequestWrapper {

        Limited(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (getContentLengthLong() > longest) {
                throw new Refused(TossError.INVALID_REQUEST);
            }
            return new LimitedStream(super.getInputStream());
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private interface Read {

        int read() throws IOException;
    }

    private final class LimitedStream extends ServletInputStream {

        private final ServletInputStream in;
        private long read;

        LimitedStream(ServletInputStream in) {
            this.in = in;
        }

        @Override
        public int read() {
            int next = readOrRefuse(in::read);
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int bytes = readOrRefuse(() -> in.read(into, offset, length));
            count(Math.max(0, bytes));
            return bytes;
        }

        /** A body in pieces that are none, or that stops coming, is the caller's mistake and not ours. */
        private static int readOrRefuse(Read read) {
            try {
                return read.read();
            } catch (IOException _) {
                throw new Refused(TossError.INVALID_REQUEST);
            }
        }

        private void count(int bytes) {
            read += bytes;
            if (read > longest) {
                throw new Refused(TossError.INVALID_REQUEST);
            }
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }
    }
}
