package dev.wonflow.issuer;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the local issuer.
 *
 * @param keyFile File of the key that signs tokens; made at the first start, for its owner's eyes only
 * @param redirectUris Where people may be sent back to after they have signed in, on this machine; with the address
 *     127.0.0.1 on any port
 * @param tokenLife How long an access token is good for
 */
@ConfigurationProperties("wonflow.issuer")
public record IssuerProperties(
        @DefaultValue("issuer-key.json") Path keyFile,
        @DefaultValue("http://127.0.0.1/signed-in") List<URI> redirectUris,
        @DefaultValue("15m") Duration tokenLife) {

    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(30);
    private static final Duration LONGEST_LIFE = Duration.ofHours(12);

    public IssuerProperties {
        redirectUris = List.copyOf(redirectUris);
        if (redirectUris.isEmpty()) {
            throw new IllegalArgumentException("wonflow.issuer.redirect-uris: none (expected: at least one)");
        }
        if (tokenLife.compareTo(SHORTEST_LIFE) < 0 || tokenLife.compareTo(LONGEST_LIFE) > 0) {
            throw new IllegalArgumentException("wonflow.issuer.token-life: " + tokenLife + " (expected: from "
                    + SHORTEST_LIFE + " to " + LONGEST_LIFE + ")");
        }
    }
}
