package dev.wonflow.local.issuer;

import dev.wonflow.local.issuer.Issuer.Token;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The token a shop's back end works with. It is asked for once, and again before it ends. */
public final class ShopToken {

    /** A token is not used so late that it ends on the way. */
    private static final Duration SPARE = Duration.ofSeconds(30);

    private final Issuer issuer;
    private final String tenant;
    private final LongSupplier nanoTime;

    private @Nullable String value;
    private long endsAtNanos;

    /** The token of a tenant's shop; nothing is asked yet. */
    public ShopToken(Issuer issuer, String tenant) {
        this(issuer, tenant, System::nanoTime);
    }

    ShopToken(Issuer issuer, String tenant, LongSupplier nanoTime) {
        this.issuer = issuer;
        this.tenant = tenant;
        this.nanoTime = nanoTime;
    }

    /** A token that is good for some time yet. */
    public synchronized String value() throws InterruptedException {
        String current = value;
        if (current == null || nanoTime.getAsLong() - endsAtNanos >= 0) {
            long asked = nanoTime.getAsLong();
            Token token = issuer.shop(tenant, Issuer.OF_SHOPS);
            current = token.value();
            value = current;
            endsAtNanos = asked + token.life().minus(SPARE).toNanos();
        }
        return current;
    }
}
