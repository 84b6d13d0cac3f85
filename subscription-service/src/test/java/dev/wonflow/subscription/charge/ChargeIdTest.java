package dev.wonflow.subscription.charge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChargeIdTest {

    private static final UUID INVOICE = UUID.fromString("019b8c1f-c0b8-73c4-af0b-6d4c8e91a011");
    private static final UUID OTHER = UUID.fromString("019b8c1f-c0b8-73c4-af0b-6d4c8e91a012");

    /** RFC 9562, A.4. */
    @Test
    void is_named_as_the_rfc_names() {
        assertThat(ChargeId.named(UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com"))
                .isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
    }

    @Test
    void same_attempt_is_the_same_charge_and_every_other_another() {
        assertThat(ChargeId.of(INVOICE, 3)).isEqualTo(ChargeId.of(INVOICE, 3));

        Set<ChargeId> all = IntStream.rangeClosed(1, 1_000)
                .boxed()
                .flatMap(attempt -> Set.of(ChargeId.of(INVOICE, attempt), ChargeId.of(OTHER, attempt)).stream())
                .collect(Collectors.toSet());
        assertThat(all).hasSize(2_000);
    }

    @Test
    void there_is_no_attempt_before_the_first() {
        assertThatThrownBy(() -> ChargeId.of(INVOICE, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("attempt: 0 (expected: 1 or more)");
    }
}
