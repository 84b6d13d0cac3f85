package dev.wonflow.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.Jwt;

class AccessTokenTest {

    @Test
    void client_is_the_program_the_token_was_issued_to() {
        assertThat(AccessToken.caller(token("acme-shop")).client()).isEqualTo("acme-shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void client_without_a_name_is_none(String name) {
        assertThat(AccessToken.caller(token(name)).client()).isNull();
    }

    private static Jwt token(String client) {
        return Jwt.withTokenValue("token")
                .header("alg", "RS256")
                .subject("someone")
                .claim("tenant", "acme")
                .claim("client_id", client)
                .build();
    }
}
