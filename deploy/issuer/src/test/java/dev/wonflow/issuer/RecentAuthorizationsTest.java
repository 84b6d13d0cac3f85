package dev.wonflow.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

class RecentAuthorizationsTest {

    private static final RegisteredClient CLIENT = Clients.all(new IssuerProperties(
                    Path.of("unused"), List.of(URI.create("http://127.0.0.1/")), Duration.ofMinutes(1)))
            .getLast();

    private final RecentAuthorizations authorizations = new RecentAuthorizations();

    @Test
    void only_the_latest_are_remembered() {
        for (int i = 0; i <= RecentAuthorizations.LIMIT; i++) {
            authorizations.save(authorization(i));
        }

        assertThat(authorizations.findById("0")).isNull();
        assertThat(authorizations.findByToken("token 0", OAuth2TokenType.ACCESS_TOKEN))
                .isNull();
        assertThat(authorizations.findById("1")).isNotNull();
        assertThat(authorizations.findByToken("token 1", OAuth2TokenType.ACCESS_TOKEN))
                .isNotNull();
    }

    @Test
    void what_is_saved_again_counts_once_and_as_new() {
        for (int i = 0; i < RecentAuthorizations.LIMIT; i++) {
            authorizations.save(authorization(i));
        }
        authorizations.save(authorization(0));
        authorizations.save(authorization(RecentAuthorizations.LIMIT));

        assertThat(authorizations.findById("0")).isNotNull();
        assertThat(authorizations.findById("1")).isNull();
    }

    @Test
    void what_is_removed_is_gone() {
        authorizations.save(authorization(7));
        authorizations.remove(authorization(7));

        assertThat(authorizations.findById("7")).isNull();
    }

    private static OAuth2Authorization authorization(int number) {
        return OAuth2Authorization.withRegisteredClient(CLIENT)
                .id(Integer.toString(number))
                .principalName("acme-shop")
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .token(new OAuth2AccessToken(
                        OAuth2AccessToken.TokenType.BEARER,
                        "token " + number,
                        Instant.EPOCH,
                        Instant.EPOCH.plusSeconds(60)))
                .build();
    }
}
