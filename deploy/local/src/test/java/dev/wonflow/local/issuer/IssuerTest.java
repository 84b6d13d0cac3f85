package dev.wonflow.local.issuer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.local.Trouble;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IssuerTest {

    private final FakeIssuer issuer = FakeIssuer.giving("checkout:write");

    IssuerTest() throws IOException {}

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void permission_that_a_shop_may_not_have_is_explained() {
        issuer.refuse("invalid_scope");

        assertThatThrownBy(() -> new Issuer(issuer.root()).shop("acme", List.of("operator:actuator")))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("acme-shop may have only these permissions: tenant:billing, ");
    }

    @Test
    void token_that_permits_less_than_was_asked_for_is_not_taken_for_one_that_permits_all() {
        issuer.give("less", "openid checkout:write", 600);

        assertThatThrownBy(() -> new Issuer(issuer.root()).shop("acme", List.of("checkout:write", "order:fulfil")))
                .isInstanceOf(Trouble.class)
                .hasMessage("acme-shop may not have order:fulfil (of what was asked for, only: checkout:write).");
    }

    @Test
    void permission_that_nobody_could_have_is_refused_to_a_person_as_well() {
        assertThatThrownBy(
                        () -> new Issuer(issuer.root()).person("acme-owner", List.of("nothing:known"), new Random(1)))
                .isInstanceOf(Trouble.class)
                .hasMessage("The issuer refuses to sign acme-owner in: Wrong or missing: scope.");
    }

    @Test
    void issuer_that_is_not_there_is_named_with_the_command_that_starts_it() {
        issuer.close();

        assertThatThrownBy(() -> new Issuer(issuer.root()).shop("acme", List.of()))
                .isInstanceOf(Trouble.class)
                .hasMessageContainingAll("There is no issuer at " + issuer.root(), "./wonflow up");
    }
}
