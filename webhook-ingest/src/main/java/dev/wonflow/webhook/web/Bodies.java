package dev.wonflow.webhook.web;

import dev.wonflow.webhook.Refusal;
import dev.wonflow.webhook.WebhookProperties;
import dev.wonflow.webhook.WebhookRefused;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Reads request bodies within limits of size and time, whether the length is declared or chunked.
 *
 * <p>The deadline is looked at after each read, and {@link BodyPauses} limits each read: a sender that stops altogether
 * is let go after the sum of both.
 */
@Component
final class Bodies {

    /** Largest body that is kept; a complete payment of Toss is a tenth of it. */
    static final int MAX_BYTES = 64 * 1024;

    /** More than this is not even thrown away: the connection is closed on it. */
    private static final int MAX_DISCARDED_BYTES = 1024 * 1024;

    private static final Set<String> GZIP = Set.of("gzip", "x-gzip");

    private static final int CHUNK_BYTES = 8 * 1024;

    private final Duration deadline;

    Bodies(WebhookProperties settings) {
        this.deadline = settings.bodyDeadline();
    }

    /** Whether the body comes packed and so may be larger than it looks. */
    static boolean isPacked(HttpServletRequest request) {
        return !coding(request).isEmpty();
    }

    /**
     * Reads the body, unpacked if it comes packed. One that says it is too large is not read at all.
     *
     * @throws WebhookRefused if it is empty, too large, too slow, not there, or packed in an unknown way
     */
    byte[] read(HttpServletRequest request) {
        String coding = coding(request);
        if (!coding.isEmpty() && !GZIP.contains(coding)) {
            throw new WebhookRefused(
                    Refusal.UNKNOWN_CODING, "header Content-Encoding: another one (expected: gzip, or none)");
        }
        if (request.getContentLengthLong() > MAX_BYTES) {
            throw tooLarge();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream(CHUNK_BYTES);
        if (transfer(request, body, MAX_BYTES) > MAX_BYTES) {
            throw tooLarge();
        }
        if (body.size() == 0) {
            throw new WebhookRefused(Refusal.EMPTY_BODY, "body: empty (expected: JSON)");
        }
        return coding.isEmpty() ? body.toByteArray() : unpacked(body.toByteArray());
    }

    private static String coding(HttpServletRequest request) {
        String coding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        String named = coding == null ? "" : coding.strip().toLowerCase(Locale.ROOT);
        return named.equals("identity") ? "" : named;
    }

    /** Stops as soon as it is too much, however little it was packed. */
    private static byte[] unpacked(byte[] body) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] unpacked = in.readNBytes(MAX_BYTES + 1);
            if (unpacked.length > MAX_BYTES) {
                throw tooLarge();
            }
            return unpacked;
        } catch (IOException e) {
            throw new WebhookRefused(Refusal.BROKEN_BODY, "body: not readable as gzip (expected: all of it)", e);
        }
    }

    private static WebhookRefused tooLarge() {
        return new WebhookRefused(
                Refusal.BODY_TOO_LARGE, "body: more than " + MAX_BYTES + " bytes (expected: at most that)");
    }

    /**
     * Reads what is left of the body to throw it away, within limits of size and time: a sender that does not look up
     * while sending would otherwise see a reset connection instead of the answer.
     */
    void discard(HttpServletRequest request) {
        if (request.getContentLengthLong() <= MAX_DISCARDED_BYTES) {
            transfer(request, OutputStream.nullOutputStream(), MAX_DISCARDED_BYTES);
        }
    }

    /** Answers how many bytes came, up to the first that is too many. */
    private long transfer(HttpServletRequest request, OutputStream body, int limit) {
        long began = System.nanoTime();
        byte[] chunk = new byte[CHUNK_BYTES];
        long length = 0;
        try {
            InputStream in = request.getInputStream();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                length += read;
                if (length > limit) {
                    break;
                }
                body.write(chunk, 0, read);
                if (System.nanoTime() - began > deadline.toNanos()) {
                    throw tooSlow(null);
                }
            }
        } catch (IOException e) {
            throw e instanceof SocketTimeoutException || e.getCause() instanceof SocketTimeoutException
                    ? tooSlow(e)
                    : new WebhookRefused(Refusal.BROKEN_BODY, "body: ended early (expected: all of it)", e);
        }
        return length;
    }

    private WebhookRefused tooSlow(@Nullable IOException cause) {
        return new WebhookRefused(
                Refusal.BODY_TOO_SLOW, "body: not complete after " + deadline.toMillis() + " ms", cause);
    }
}
