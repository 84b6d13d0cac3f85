package dev.wonflow.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets no body in that is too large, packed, in another charset than UTF-8, or a form: the container reads forms by
 * itself, without our limit. One that declares its length is refused before a byte of it is read, and one that does
 * not, as soon as it exceeds the limit.
 *
 * <p>The gate shuts before anything can read, and {@link Answer} says why behind the filters that ask who calls: nobody
 * is told about a request that they may not send.
 */
final class BodyGate extends OncePerRequestFilter {

    private static final String AS_IT_IS = "identity";
    private static final String SHUT = BodyGate.class.getName();

    private final long limit;

    BodyGate(long limitBytes) {
        this.limit = limitBytes;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String coding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (coding != null && !coding.strip().equalsIgnoreCase(AS_IT_IS)) {
            response.setHeader(HttpHeaders.ACCEPT_ENCODING, AS_IT_IS);
            shut(
                    request,
                    response,
                    chain,
                    ProblemKind.PACKED,
                    "header Content-Encoding: a packed body (expected: a body as it is)");
            return;
        }
        if (request.getContentLengthLong() > limit) {
            shut(request, response, chain, ProblemKind.TOO_LARGE, new BodyTooLarge(limit).getMessage());
            return;
        }
        if (isForm(request.getContentType()) && hasBody(request)) {
            shut(
                    request,
                    response,
                    chain,
                    CodedProblem.http(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
                    "header Content-Type: a form (expected: application/json)");
            return;
        }
        if (isInAnotherCharset(request.getContentType()) && hasBody(request)) {
            shut(
                    request,
                    response,
                    chain,
                    ProblemKind.OTHER_CHARSET,
                    "header Content-Type: another charset (expected: UTF-8, or none named)");
            return;
        }
        try {
            chain.doFilter(new Bounded(request, limit), response);
        } catch (BodyTooLarge e) {
            // Read by a filter; what a handler reads is answered before it comes here.
            if (response.isCommitted()) {
                throw e;
            }
            refuse(request, response, ProblemKind.TOO_LARGE, e.getMessage());
        }
    }

    private static boolean isForm(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String type = contentType.strip().toLowerCase(Locale.ROOT);
        return type.startsWith("multipart/") || type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
    }

    /** A label that contradicts the bytes would turn them into another text, without an error. */
    private static boolean isInAnotherCharset(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        try {
            Charset named = MediaType.parseMediaType(contentType).getCharset();
            return named != null && !named.equals(StandardCharsets.UTF_8) && !named.equals(StandardCharsets.US_ASCII);
        } catch (InvalidMediaTypeException | IllegalCharsetNameException | UnsupportedCharsetException _) {
            // A type nobody can read is refused where a handler for it is looked for.
            return contentType.toLowerCase(Locale.ROOT).contains("charset");
        }
    }

    /** Some clients name a form as the type of every request, even of one without a body. */
    private static boolean hasBody(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        if (length >= 0) {
            return length > 0;
        }
        return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null
                || !request.getProtocol().startsWith("HTTP/1.");
    }

    private static void shut(
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain,
            ProblemKind kind,
            @Nullable String detail)
            throws ServletException, IOException {
        request.setAttribute(SHUT, CodedProblem.of(kind, detail));
        chain.doFilter(new Shut(request), response);
    }

    private static void refuse(
            HttpServletRequest request, HttpServletResponse response, ProblemKind kind, @Nullable String detail)
            throws IOException {
        request.setAttribute(CodedProblem.ATTRIBUTE, CodedProblem.of(kind, detail));
        response.sendError(kind.status());
    }

    /** Says why the gate is shut, to a caller who may know. */
    static final class Answer extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            if (request.getAttribute(SHUT) instanceof ProblemDetail problem) {
                request.setAttribute(CodedProblem.ATTRIBUTE, problem);
                response.sendError(problem.getStatus());
            } else {
                chain.doFilter(request, response);
            }
        }
    }

    /** A request of which only the head can be read; of a form the container would read more. */
    private static final class Shut extends HttpServletRequestWrapper {

        Shut(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() {
            return new NoBytes();
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(Reader.nullReader());
        }

        @Override
        public Collection<Part> getParts() {
            return List.of();
        }

        @Override
        public @Nullable Part getPart(String name) {
            return null;
        }

        @Override
        public @Nullable String getParameter(String name) {
            return null;
        }

        @Override
        public String @Nullable [] getParameterValues(String name) {
            return null;
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.emptyEnumeration();
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return Map.of();
        }
    }

    private static final class NoBytes extends ServletInputStream {

        @Override
        public int read() {
            return -1;
        }

        @Override
        public boolean isFinished() {
            return true;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("body: refused, so there is nothing to listen for");
        }
    }

    /** A request whose body ends in an error where it exceeds the limit. */
    private static final class Bounded extends HttpServletRequestWrapper {

        private final long limit;
        private @Nullable ServletInputStream body;
        private @Nullable BufferedReader reader;

        Bounded(HttpServletRequest request, long limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (body == null) {
                body = new BoundedStream(super.getInputStream(), limit);
            }
            return body;
        }

        /** There are none: whatever has parts is refused, and the container would read them without our limit. */
        @Override
        public Collection<Part> getParts() {
            return List.of();
        }

        @Override
        public @Nullable Part getPart(String name) {
            return null;
        }

        @Override
        public BufferedReader getReader() throws IOException {
            if (reader == null) {
                String named = getCharacterEncoding();
                Charset charset = named == null ? StandardCharsets.UTF_8 : Charset.forName(named);
                reader = new BufferedReader(new InputStreamReader(getInputStream(), charset));
            }
            return reader;
        }
    }

    private static final class BoundedStream extends ServletInputStream {

        private final ServletInputStream source;
        private final long limit;
        private long read;

        BoundedStream(ServletInputStream source, long limit) {
            this.source = source;
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int value = source.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int number = source.read(buffer, offset, length);
            count(Math.max(0, number));
            return number;
        }

        private void count(int number) {
            read += number;
            if (read > limit) {
                throw new BodyTooLarge(limit);
            }
        }

        @Override
        public boolean isFinished() {
            return source.isFinished();
        }

        @Override
        public boolean isReady() {
            return source.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            source.setReadListener(listener);
        }
    }
}
