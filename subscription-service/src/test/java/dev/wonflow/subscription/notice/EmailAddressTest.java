package dev.wonflow.subscription.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.co",
                "billing+kr@mail.acme.example",
                "o'hara@acme.example",
                "x@xn--3e0b707e.xn--3e0b707e",
            })
    void address_is_taken_as_it_is(String address) {
        assertThat(new EmailAddress(address).value()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "acme.example",
                "@acme.example",
                "billing@",
                "billing@acme",
                "billing@acme.example.",
                "billing@-acme.example",
                "a..b@acme.example",
                "a b@acme.example",
                "Acme <billing@acme.example>",
                "a@acme.example,b@acme.example",
                "a@acme.example\nBcc: all@example.com",
                "청구@acme.example",
                "a@한국.example",
            })
    void what_is_no_address_is_refused_and_not_repeated(String address) {
        assertThatThrownBy(() -> new EmailAddress(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("email: not an address (expected: such as billing@example.com");
    }

    @Test
    void address_and_its_first_part_have_limits() {
        assertThat(new EmailAddress("a".repeat(64) + "@acme.example")).isNotNull();
        assertThatThrownBy(() -> new EmailAddress("a".repeat(65) + "@acme.example"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EmailAddress("a@" + "b.".repeat(127) + "co"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void address_is_not_for_the_log() {
        assertThat(new BillingContact(new EmailAddress("billing@acme.example"), Language.EN) + "")
                .doesNotContain("acme");
    }
}
