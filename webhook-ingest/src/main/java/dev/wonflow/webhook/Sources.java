package dev.wonflow.webhook;

import dev.wonflow.runtime.StartRefused;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;

/**
 * Where webhooks may come from, for who wants to know that as well. A proxy of ours is asked where its request came
 * from; what others say of that is not believed.
 */
@Component
public final class Sources {

    private final List<IpAddressMatcher> allowed;
    private final List<IpAddressMatcher> proxies;

    @Autowired
    Sources(WebhookProperties settings) {
        this.allowed = matchers("wonflow.webhook.allowed-sources", settings.allowedSources());
        this.proxies = matchers("wonflow.webhook.trusted-proxies", settings.trustedProxies());
    }

    /**
     * Lets a request pass that comes from an allowed address.
     *
     * @param peer who has the connection
     * @param forwardedFor value of {@code X-Forwarded-For}, the nearest address last; {@code null} if there is none
     * @throws WebhookRefused if it comes from another one, or none that could be one
     */
    public void require(String peer, @Nullable String forwardedFor) {
        if (allowed.isEmpty()) {
            return;
        }
        String source = source(peer, forwardedFor);
        if (!isOneOf(allowed, source)) {
            throw new WebhookRefused(
                    Refusal.SOURCE_NOT_ALLOWED,
                    "source: not one that webhooks may come from (expected: one of wonflow.webhook.allowed-sources)");
        }
    }

    /** The first address, from here outwards, that is no proxy of ours. */
    private String source(String peer, @Nullable String forwardedFor) {
        String source = peer;
        List<String> hops = forwardedFor == null ? List.of() : Arrays.asList(forwardedFor.split(",", -1));
        for (String hop : hops.reversed()) {
            if (!isOneOf(proxies, source)) {
                return source;
            }
            source = hop.strip();
        }
        return source;
    }

    private static boolean isOneOf(List<IpAddressMatcher> matchers, String address) {
        try {
            return matchers.stream().anyMatch(matcher -> matcher.matches(address));
        } catch (IllegalArgumentException _) {
            return false; // No address at all, as a forger or a proxy may write.
        }
    }

    private static List<IpAddressMatcher> matchers(String setting, List<String> networks) {
        return networks.stream().map(network -> matcher(setting, network)).toList();
    }

    private static IpAddressMatcher matcher(String setting, String network) {
        try {
            return new IpAddressMatcher(network);
        } catch (IllegalArgumentException _) {
            throw new StartRefused(
                    setting + ": " + network
                            + " (expected: addresses or networks, such as 13.124.18.147 or 10.0.0.0/8)",
                    "Write addresses, not names, with commas between them.");
        }
    }
}
