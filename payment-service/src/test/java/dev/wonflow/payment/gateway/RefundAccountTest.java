package dev.wonflow.payment.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefundAccountTest {

    @ParameterizedTest
    @CsvSource({"110123456789, ********6789", "12345, *2345", "1234, ****", "1, *"})
    void number_is_shown_by_its_last_four_digits_if_it_has_more(String number, String masked) {
        assertThat(new RefundAccount("88", number, "김하늘").maskedNumber()).isEqualTo(masked);
    }
}
