package dev.wonflow.webhook.web;

import dev.wonflow.webhook.Refusal;
import dev.wonflow.webhook.WebhookProperties;
import dev.wonflow.webhook.WebhookRefused;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
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

    /**
     * A body that is too large is read on to here, so that a sender which does not look up while sending gets to see
     * the answer instead of a reset connection.
     */
    private static final int MAX_DISCARDED_BYTES = 1024 * 1024;

    private static final int CHUNK_BYTES = 8 * 1024;

    private final Duration deadline;

    Bodies(WebhookProperties settings) {
        this.deadline = settings.bodyDeadline();
    }

    /**
     * Reads the body.
     *
     * @throws WebhookRefused if it is empty, too large, too slow, or not there
     */
    byte[] read(HttpServletRequest request) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(CHUNK_BYTES);
        long length = transfer(request, body);
        if (length > MAX_BYTES) {
            throw new WebhookRefused(
                    Refusal.BODY_TOO_LARGE, "body: more than " + MAX_BYTES + " bytes (expected: at most that)");
        }
        if (length == 0) {
            throw new WebhookRefused(Refusal.EMPTY_BODY, "body: empty (expected: JSON)");
        }
        return body.toByteArray();
    }

    /** Reads the body to throw it away, within the same limits; makes room for the answer on the sender's side. */
    void discard(HttpServletRequest request) {
        transfer(request, OutputStream.nullOutputStream());
    }

    /** Answers how many bytes came; {@code body} gets all of them if they are not too many. */
    private long transfer(HttpServletRequest request, OutputStream body) {
        long began = System.nanoTime();
        byte[] chunk = new byte[CHUNK_BYTES];
        long length = 0;
        try {
            InputStream in = request.getInputStream();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                length += read;
                if (length <= MAX_BYTES) {
                    body.write(chunk, 0, read);
                }
                if (length > MAX_DISCARDED_BYTES) {
                    break;
                }
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
