package dev.wonflow.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Counts how requests end, and logs refusals without letting a flood of them flood the log. */
@Component
public final class WebhookMetrics {

    private static final Logger log = LoggerFactory.getLogger(WebhookMetrics.class);

    /** At most one line for each kind of refusal in this time; the next line tells how many it stands for. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final String NOT_KNOWN = "NOT_KNOWN";

    private final MeterRegistry meters;
    private final Clock clock;
    private final AtomicLong lastKeptMillis;
    private final Map<Refusal, Silence> silences = new EnumMap<>(Refusal.class);

    WebhookMetrics(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        this.lastKeptMillis = new AtomicLong(clock.millis());
        for (Refusal refusal : Refusal.values()) {
            silences.put(refusal, new Silence());
        }
        TimeGauge.builder("wonflow.webhook.age", this::ageMillis, TimeUnit.MILLISECONDS)
                .description("Time since the last webhook was kept; since the start when there was none")
                .register(meters);
    }

    public void kept(Grade grade, Shape shape) {
        lastKeptMillis.set(clock.millis());
        count(grade, shape, "kept");
    }

    /** Counts and logs; grade and shape are {@code null} if the request ended before they were known. */
    public void refused(WebhookRefused refused, @Nullable Grade grade, @Nullable Shape shape) {
        count(grade, shape, refused.refusal().result());
        Silence silence = silences.get(refused.refusal());
        if (silence != null) {
            silence.of(refused);
        }
    }

    private void count(@Nullable Grade grade, @Nullable Shape shape, String result) {
        Counter.builder("wonflow.webhook.received")
                .description("Requests by what they carried and how they ended")
                .tag("grade", grade == null ? NOT_KNOWN : grade.name())
                .tag("shape", shape == null ? NOT_KNOWN : shape.name())
                .tag("result", result)
                .register(meters)
                .increment();
    }

    private long ageMillis() {
        return Math.max(0, clock.millis() - lastKeptMillis.get());
    }

    /** Lets one line through, then none for a while. */
    private static final class Silence {

        private final AtomicLong since = new AtomicLong(System.nanoTime() - QUIET_NANOS);
        private final AtomicInteger unsaid = new AtomicInteger();

        void of(WebhookRefused refused) {
            long began = since.get();
            long now = System.nanoTime();
            if (now - began < QUIET_NANOS || !since.compareAndSet(began, now)) {
                unsaid.incrementAndGet();
                return;
            }
            Throwable cause = refused.getCause();
            log.atLevel(refused.refusal().level())
                    .log(
                            "Webhook refused with {}, {}: {}{}; {} more since the last line",
                            refused.refusal().problem().status(),
                            refused.refusal().result(),
                            refused.detail(),
                            cause == null ? "" : " (" + cause + ")",
                            unsaid.getAndSet(0));
        }
    }
}
