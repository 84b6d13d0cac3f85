package dev.wonflow.issuer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/**
 * The programs that may ask for tokens: the back end of each demo tenant's shop, what looks after Wonflow, and
 * Wonflow's pages.
 */
final class Clients {

    /** The client of people. It can keep no secret, since everybody can read a page. */
    static final String PAGES = "wonflow-pages";

    /** What looks after Wonflow without a person, such as Prometheus. */
    static final String OPERATIONS = "wonflow-operations";

    /** Long enough for a redirect. */
    private static final Duration CODE_LIFE = Duration.ofMinutes(2);

    private static final String TENANT = "wonflow.tenant";

    private Clients() {}

    /** All of them. */
    static List<RegisteredClient> all(IssuerProperties properties) {
        List<RegisteredClient> clients = new ArrayList<>();
        clients.add(pages(properties));
        clients.add(program(OPERATIONS, Role.OPERATIONS, ClientSettings.builder(), properties));
        for (String tenant : DemoTenants.ALL) {
            clients.add(shop(tenant, properties));
        }
        return clients;
    }

    /** The tenant a client belongs to; empty for {@link #OPERATIONS}. Not for {@link #PAGES}: it is the person's. */
    static Optional<String> tenantOf(RegisteredClient client) {
        return Optional.ofNullable(client.getClientSettings().getSetting(TENANT));
    }

    private static RegisteredClient shop(String tenant, IssuerProperties properties) {
        return program(tenant + "-shop", Role.OWNER, ClientSettings.builder().setting(TENANT, tenant), properties);
    }

    /** Its secret is its name; it opens nothing but this machine's stack. */
    private static RegisteredClient program(
            String name, Role role, ClientSettings.Builder settings, IssuerProperties properties) {
        return RegisteredClient.withId(name)
                .clientId(name)
                .clientSecret(name)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scopes(scopes -> Arrays.stream(Permission.values())
                        .filter(role::may)
                        .map(Permission::scope)
                        .forEach(scopes::add))
                .clientSettings(settings.build())
                .tokenSettings(tokens(properties))
                .build();
    }

    private static RegisteredClient pages(IssuerProperties properties) {
        return RegisteredClient.withId(PAGES)
                .clientId(PAGES)
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUris(uris -> properties.redirectUris().forEach(uri -> uris.add(uri.toString())))
                .scope(OidcScopes.OPENID)
                .scopes(scopes -> Arrays.stream(Permission.values())
                        .map(Permission::scope)
                        .forEach(scopes::add))
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        // Our own pages: who signs in to them has nothing more to agree to.
                        .requireAuthorizationConsent(false)
                        .build())
                .tokenSettings(tokens(properties))
                .build();
    }

    private static TokenSettings tokens(IssuerProperties properties) {
        return TokenSettings.builder()
                .accessTokenTimeToLive(properties.tokenLife())
                .authorizationCodeTimeToLive(CODE_LIFE)
                .build();
    }
}
