package dev.wonflow.sandbox.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

    @ParameterizedTest
    @CsvSource({"10000, 3000, 636", "33000, 0, 3000", "15000, 0, 1364", "100, 100, 0", "50000000000, 0, 4545454545"})
    void vat_is_an_eleventh_of_what_is_taxed(long totalMinor, long taxFreeMinor, long vatMinor) {
        Amounts amounts = Amounts.of(totalMinor, taxFreeMinor, 0);

        assertThat(amounts.vatMinor()).isEqualTo(vatMinor);
        assertThat(amounts.suppliedMinor()).isEqualTo(totalMinor - taxFreeMinor - vatMinor);
    }

    @Test
    void vat_is_rounded_half_up() {
        for (long won = 0; won < 1_000; won++) {
            long expected = BigDecimal.valueOf(won)
                    .divide(BigDecimal.valueOf(11), 0, RoundingMode.HALF_UP)
                    .longValueExact();
            assertThat(Amounts.of(won, 0, 0).vatMinor()).as("VAT of %s", won).isEqualTo(expected);
        }
    }

    @Test
    void no_more_is_tax_free_than_there_is() {
        assertThatThrownBy(() -> Amounts.of(100, 101, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tax free 101");
    }
}
