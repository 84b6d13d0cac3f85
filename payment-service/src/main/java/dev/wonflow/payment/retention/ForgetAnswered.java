package dev.wonflow.payment.retention;

import dev.wonflow.payment.statuscheck.StatusCheckQueue;
import dev.wonflow.payment.webhook.WebhookDays;
import dev.wonflow.payment.webhook.Webhooks;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.IntUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Forgets answered webhooks and status checks of a certain age, in small steps that each commit on their own. */
@Service
public class ForgetAnswered {

    private static final Logger log = LoggerFactory.getLogger(ForgetAnswered.class);

    /** Ends a run that would otherwise hold on to a very large backlog; the next run goes on. */
    private static final int MOST_STEPS = 1_000;

    private final Webhooks webhooks;
    private final WebhookDays webhookDays;
    private final StatusCheckQueue statusChecks;
    private final RetentionProperties properties;
    private final Clock clock;

    ForgetAnswered(
            Webhooks webhooks,
            WebhookDays webhookDays,
            StatusCheckQueue statusChecks,
            RetentionProperties properties,
            Clock clock) {
        this.webhooks = webhooks;
        this.webhookDays = webhookDays;
        this.statusChecks = statusChecks;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Forgets what is old enough.
     *
     * @return how many webhooks and status checks, those of whole days not counted
     */
    public long runOnce() {
        Instant now = clock.instant();
        webhookDays.drop(dayOf(now.minus(properties.webhooks())), dayOf(now.minus(properties.strayWebhooks())));
        long old = inSteps(limit -> webhooks.forget(now.minus(properties.webhooks()), limit));
        long stray = inSteps(limit -> webhooks.forgetStray(now.minus(properties.strayWebhooks()), limit));
        long asked = inSteps(limit -> statusChecks.forget(now.minus(properties.statusChecks()), limit));
        if (old + stray > 0) {
            log.info(
                    "Forgot {} webhooks older than {} and {} about nothing of ours", old, properties.webhooks(), stray);
        }
        return old + stray + asked;
    }

    /** Makes the days to come, to which webhooks are answered. */
    public void prepareDays() {
        webhookDays.prepare(dayOf(clock.instant()));
    }

    /** A day goes once all of it is old enough. */
    private static LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private long inSteps(IntUnaryOperator forget) {
        long forgotten = 0;
        int step = properties.batch();
        for (int i = 0; i < MOST_STEPS && step == properties.batch(); i++) {
            step = forget.applyAsInt(properties.batch());
            forgotten += step;
        }
        return forgotten;
    }
}
