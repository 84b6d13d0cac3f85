package dev.wonflow.subscription.taxinvoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupplyAndTaxTest {

    private static final BigDecimal ELEVEN = BigDecimal.valueOf(11);

    @ParameterizedTest
    @CsvSource({
        "11000,     0, 10000, 1000",
        "10000,     0,  9091,  909",
        "10000,  3000,  6364,  636",
        "29000,     0, 26364, 2636",
        "  100,     0,    91,    9",
        "    5,     0,     5,    0",
        "    6,     0,     5,    1",
        " 5000,  5000,     0,    0",
        "    0,     0,     0,    0",
    })
    void sum_is_taken_apart_as_toss_does(long total, long taxFree, long supply, long vat) {
        assertThat(SupplyAndTax.of(Money.ofWon(total), Money.ofWon(taxFree)))
                .isEqualTo(new SupplyAndTax(Money.ofWon(supply), Money.ofWon(vat), Money.ofWon(taxFree)));
    }

    @Test
    void parts_add_up_and_vat_is_an_eleventh_half_up() {
        Random random = new Random(20_261_129);
        for (int i = 0; i < 10_000; i++) {
            long total = random.nextLong(1_000_000_000_000L);
            long taxFree = random.nextLong(total + 1);

            SupplyAndTax parts = SupplyAndTax.of(Money.ofWon(total), Money.ofWon(taxFree));

            assertThat(parts.supply().won()
                            + parts.vat().won()
                            + parts.taxFree().won())
                    .isEqualTo(total);
            assertThat(parts.vat().won())
                    .isEqualTo(BigDecimal.valueOf(total - taxFree)
                            .divide(ELEVEN, 0, RoundingMode.HALF_UP)
                            .longValueExact());
        }
    }

    @Test
    void whatever_goes_back_in_parts_original_and_amendments_are_right_together() {
        Random random = new Random(20_261_130);
        for (int i = 0; i < 1_000; i++) {
            long left = random.nextLong(1, 1_000_000);
            Money free = random.nextBoolean() ? Money.ZERO : Money.ofWon(random.nextLong(left + 1));
            SupplyAndTax original = SupplyAndTax.of(Money.ofWon(left), free);
            long supply = original.supply().won();
            long vat = original.vat().won();
            long taxFree = original.taxFree().won();
            while (left > 0) {
                long part = random.nextLong(1, left + 1);
                SupplyAndTax amendment = SupplyAndTax.takenAway(Money.ofWon(left), Money.ofWon(part), free);
                left -= part;
                supply -= amendment.supply().won();
                vat -= amendment.vat().won();
                taxFree -= amendment.taxFree().won();

                assertThat(new SupplyAndTax(Money.ofWon(supply), Money.ofWon(vat), Money.ofWon(taxFree)))
                        .isEqualTo(SupplyAndTax.of(Money.ofWon(left), Money.ofWon(Math.min(left, free.won()))));
            }
        }
    }

    @Test
    void more_than_all_cannot_be_free_of_tax() {
        assertThatThrownBy(() -> SupplyAndTax.of(Money.ofWon(100), Money.ofWon(101)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
