package dev.wonflow.sandbox.webhook.web;

import dev.wonflow.sandbox.webhook.WebhookFeed;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Streams what is sent, as server-sent events {@code sent} and {@code ended}. */
@RestController
class WebhookFeedController {

    /** Events a slow reader may lag behind; one that lags more is cut off, so that it cannot fill the memory. */
    private static final int LONGEST_LAG = 256;

    /** How often a silent stream says that it is alive, in real time: only so is a reader that left noticed. */
    private static final long HEARTBEAT_SECONDS = 10;

    private static final Long NO_TIMEOUT = 0L;

    private final WebhookFeed feed;
    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    WebhookFeedController(WebhookFeed feed) {
        this.feed = feed;
    }

    /**
     * A stream that is whole wherever its connection ends. In chunks it would need a last one, and a server that stops
     * does not wait for a request which has only that to write: the reader would take the stream for broken.
     */
    @GetMapping(path = "/control/webhooks/feed", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> feed() {
        Reader reader = new Reader();
        if (!feed.join(reader)) {
            throw new ResponseStatusException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "webhook feed: too many listen (expected: that one of them leaves)");
        }
        readers.add(reader);
        if (stopping) {
            reader.cutOff();
        }
        reader.emitter.onError(_ -> reader.cutOff());
        reader.emitter.onCompletion(reader::cutOff);
        Thread.ofVirtual().name("webhook-feed").start(reader::write);
        return ResponseEntity.ok().header(HttpHeaders.CONNECTION, "close").body(reader.emitter);
    }

    /** A stream has no end of its own, and a server that stops waits for what it is answering. */
    @EventListener(ContextClosedEvent.class)
    void cutOffAll() {
        stopping = true;
        readers.forEach(Reader::cutOff);
    }

    private final class Reader implements WebhookFeed.Listener {

        private final SseEmitter emitter = new SseEmitter(NO_TIMEOUT);
        private final BlockingQueue<SseEmitter.SseEventBuilder> unread = new ArrayBlockingQueue<>(LONGEST_LAG);
        private volatile boolean cutOff;

        @Override
        public void hears(WebhookFeed.Event event) {
            if (!unread.offer(named(event))) {
                cutOff();
            }
        }

        void write() {
            try {
                SseEmitter.SseEventBuilder next = SseEmitter.event().comment("listening");
                while (!cutOff) {
                    emitter.send(next);
                    SseEmitter.SseEventBuilder heard = unread.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
                    next = heard == null ? SseEmitter.event().comment("alive") : heard;
                }
                emitter.complete();
            } catch (InterruptedException _) {
                emitter.complete();
            } catch (IOException | IllegalStateException _) {
                // The reader has left; the server ends the stream.
                cutOff = true;
            } finally {
                feed.leave(this);
                readers.remove(this);
            }
        }

        private static SseEmitter.SseEventBuilder named(WebhookFeed.Event event) {
            return switch (event) {
                case WebhookFeed.Event.Sent sent ->
                    SseEmitter.event().name("sent").data(sent, MediaType.APPLICATION_JSON);
                case WebhookFeed.Event.Ended ended ->
                    SseEmitter.event().name("ended").data(ended, MediaType.APPLICATION_JSON);
            };
        }

        /** Wakes the writer by what it waits for: an interrupt would break the connection in the middle of a write. */
        void cutOff() {
            cutOff = true;
            unread.offer(SseEmitter.event().comment("cut off"));
        }
    }
}
