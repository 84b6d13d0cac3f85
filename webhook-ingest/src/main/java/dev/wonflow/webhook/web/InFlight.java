package dev.wonflow.webhook.web;

import dev.wonflow.webhook.Refusal;
import dev.wonflow.webhook.WebhookProperties;
import dev.wonflow.webhook.WebhookRefused;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * The memory that requests in progress may take together. Bounded by bytes, not by requests: threads are virtual and
 * cheap, and a burst of many small webhooks should pass where a few large ones must not pile up.
 */
@Component
final class InFlight {

    /** What a request takes beside its body: the thread's stack, headers, the parsed JSON. */
    private static final int OVERHEAD_KIB = 16;

    private static final int KIB = 1024;

    private final Semaphore free;

    InFlight(WebhookProperties settings) {
        this.free = new Semaphore((int) settings.inFlight().toKilobytes());
    }

    /**
     * Reserves memory for one request.
     *
     * @param declaredBytes length of the body; -1 when the request does not tell
     * @throws WebhookRefused with {@link Refusal#OVERLOADED} if too little is free; does not wait
     */
    Reservation reserve(long declaredBytes) {
        long bytes = declaredBytes < 0 ? Bodies.MAX_BYTES : Math.min(declaredBytes, Bodies.MAX_BYTES);
        int kib = OVERHEAD_KIB + Math.ceilDiv((int) bytes, KIB);
        if (!free.tryAcquire(kib)) {
            throw new WebhookRefused(Refusal.OVERLOADED, "too many webhooks at once (expected: a retry)");
        }
        return new Reservation(free, kib);
    }

    /** Memory held by one request until it is answered. */
    static final class Reservation implements AutoCloseable {

        private final Semaphore free;
        private final int kib;

        private Reservation(Semaphore free, int kib) {
            this.free = free;
            this.kib = kib;
        }

        @Override
        public void close() {
            free.release(kib);
        }
    }
}
