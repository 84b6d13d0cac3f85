package dev.wonflow.idempotency;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/** Reads the body of a request with a key, so that it can be told from another one of the same key. */
final class Fingerprints extends OncePerRequestFilter {

    static final String KEY = "Idempotency-Key";
    static final String ATTRIBUTE = Fingerprints.class.getName();

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(KEY) == null || !request.getMethod().equals("POST");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // Not larger than the service's limit, which is watched over before.
        byte[] body = request.getInputStream().readAllBytes();
        request.setAttribute(ATTRIBUTE, fingerprint(request, body));
        chain.doFilter(new Read(request, body), response);
    }

    private static String fingerprint(HttpServletRequest request, byte[] body) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: not there (expected: in every Java)", e);
        }
        add(digest, request.getMethod());
        add(digest, request.getRequestURI());
        add(digest, request.getQueryString());
        return HexFormat.of().formatHex(digest.digest(body));
    }

    /** Ends each part with what cannot be in it, so that no two requests are written alike. */
    private static void add(MessageDigest digest, @Nullable String part) {
        digest.update((part == null ? "" : part).getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }

    /** A request whose body has been read. */
    private static final class Read extends HttpServletRequestWrapper {

        private final ServletInputStream body;

        Read(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = new ReadBody(new ByteArrayInputStream(body));
        }

        @Override
        public ServletInputStream getInputStream() {
            return body;
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        }
    }

    private static final class ReadBody extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        ReadBody(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return bytes.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("body: read already (expected: no listener)");
        }
    }
}
