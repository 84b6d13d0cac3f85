package dev.wonflow.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuer's public keys, kept so that an issuer that is away locks nobody out, and that nobody can make us ask it
 * more than {@link #AT_ONCE} times at once, and then more often than {@link #PAUSE} allows.
 *
 * <p>Keys are fresh for a while, and as long again they count while new ones are fetched behind the caller's back.
 * After that a caller waits for the issuer, and only if it does not answer older ones count, until their grace ends. A
 * key we have never seen makes a caller wait, too: the issuer may have begun to sign with it a moment ago. Each answer
 * brings all keys, so a new one is found by the question that a made-up one leads to.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {

    /**
     * Between two questions to the issuer while tokens with made-up key ids, which cost nothing to send, keep coming;
     * and after one that it did not answer.
     */
    static final Duration PAUSE = Duration.ofSeconds(5);

    /**
     * How many questions unknown keys may lead to without a pause; each pause in which there is none gives one back.
     */
    static final int AT_ONCE = 5;

    /** The pause while we have no key at all, and every caller is turned away. */
    static final Duration PAUSE_WITHOUT_KEYS = Duration.ofSeconds(1);

    /** How long a caller waits while another one asks. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);

    private final Source source;
    private final Duration fresh;
    private final Duration grace;
    private final LongSupplier nanoTime;
    private final Executor background;
    private final ReentrantLock asking = new ReentrantLock();
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private volatile @Nullable Held held;
    private volatile @Nullable Attempt last;

    /** When all questions about unknown keys are given back; guarded by {@link #asking}. */
    private long allGivenBackAt;

    /** Where the keys come from. */
    @FunctionalInterface
    interface Source {

        /** Asks the issuer. */
        JWKSet fetch() throws IOException;
    }

    private record Held(JWKSet keys, long since) {}

    private record Attempt(long at, boolean failed) {}

    /**
     * Creates it; nobody is asked yet.
     *
     * @param background runs what no caller waits for
     */
    IssuerKeys(Source source, Duration fresh, Duration grace, LongSupplier nanoTime, Executor background) {
        this.source = source;
        this.fresh = fresh;
        this.grace = grace;
        this.nanoTime = nanoTime;
        this.background = background;
        this.allGivenBackAt = nanoTime.getAsLong();
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        Held known = known();
        if (known != null && isOlder(known.since(), fresh.multipliedBy(2))) {
            known = renewed(known);
        }
        if (known != null) {
            List<JWK> keys = selector.select(known.keys());
            if (!keys.isEmpty()) {
                if (isOlder(known.since(), fresh)) {
                    refreshLater();
                }
                return keys;
            }
        }
        return selector.select(newerThan(known).keys());
    }

    private @Nullable Held known() {
        Held now = held;
        return now == null || isOlder(now.since(), grace) ? null : now;
    }

    private void refreshLater() {
        if (mayAsk() && refreshing.compareAndSet(false, true)) {
            background.execute(() -> {
                asking.lock();
                try {
                    if (mayAsk()) {
                        ask();
                    }
                } finally {
                    asking.unlock();
                    refreshing.set(false);
                }
            });
        }
    }

    /** Nobody called for long, and the issuer may have taken a key back: old keys count only while it is away. */
    private Held renewed(Held old) {
        if (mayAsk() && tryLock()) {
            try {
                if (!isNewer(known(), old) && mayAsk()) {
                    ask();
                }
            } finally {
                asking.unlock();
            }
        }
        Held now = known();
        return now == null ? old : now;
    }

    /** Asks the issuer, unless it was asked a moment ago. Callers who come together ask once. */
    private Held newerThan(@Nullable Held seen) throws KeySourceException {
        if (!tryLock()) {
            throw new RemoteKeySourceException("keys: another caller still asks for them", null);
        }
        try {
            if (!isNewer(known(), seen) && mayAskAboutUnknown()) {
                ask();
            }
            Held now = known();
            Attempt latest = last;
            if (now == null || (latest != null && latest.failed())) {
                throw new RemoteKeySourceException("keys: the issuer does not answer", null);
            }
            return now;
        } finally {
            asking.unlock();
        }
    }

    private static boolean isNewer(@Nullable Held now, @Nullable Held seen) {
        return now != null && (seen == null || now.since() != seen.since());
    }

    private boolean tryLock() {
        try {
            return asking.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean mayAsk() {
        Attempt latest = last;
        return latest == null || isOlder(latest.at(), known() == null ? PAUSE_WITHOUT_KEYS : PAUSE);
    }

    /** Whether the latest question was answered and is not the last one for now, or is long enough ago. */
    private boolean mayAskAboutUnknown() {
        Attempt latest = last;
        if (known() == null || latest == null || latest.failed()) {
            return mayAsk();
        }
        long now = nanoTime.getAsLong();
        long owed = Math.max(0, allGivenBackAt - now);
        if (owed > PAUSE.multipliedBy(AT_ONCE - 1).toNanos()) {
            return false;
        }
        allGivenBackAt = now + owed + PAUSE.toNanos();
        return true;
    }

    private void ask() {
        long now = nanoTime.getAsLong();
        try {
            held = new Held(source.fetch(), now);
            last = new Attempt(now, false);
        } catch (IOException | RuntimeException e) {
            last = new Attempt(nanoTime.getAsLong(), true);
            log.warn("The issuer's keys cannot be fetched: {}", e.toString());
        }
    }

    private boolean isOlder(long since, Duration age) {
        return nanoTime.getAsLong() - since > age.toNanos();
    }
}
