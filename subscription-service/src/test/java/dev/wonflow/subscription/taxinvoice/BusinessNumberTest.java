package dev.wonflow.subscription.taxinvoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BusinessNumberTest {

    /** Numbers that companies print at the foot of their pages. */
    @ParameterizedTest
    @ValueSource(strings = {"124-81-00998", "220-81-62517", "120-81-47521", "411-86-01799", "2208162517"})
    void number_of_a_company_that_there_is_fits(String number) {
        assertThat(new BusinessNumber(number).digits()).isEqualTo(number.replace("-", ""));
    }

    @Test
    void every_single_mistyped_digit_is_found() {
        String number = "1248100998";
        long unnoticed = IntStream.range(0, 10)
                .mapToObj(place -> IntStream.rangeClosed('0', '9')
                        .filter(digit -> digit != number.charAt(place))
                        .mapToObj(digit -> number.substring(0, place) + (char) digit + number.substring(place + 1)))
                .flatMap(mistyped -> mistyped)
                .filter(BusinessNumberTest::fits)
                .count();

        assertThat(unnoticed).isZero();
    }

    @Test
    void of_ten_numbers_with_the_same_beginning_one_fits() {
        long fitting = IntStream.rangeClosed(0, 9)
                .mapToObj(last -> "123456789" + last)
                .filter(BusinessNumberTest::fits)
                .count();

        assertThat(fitting).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "124-81-0099", "124-81-009988", "12-481-00998", "124 81 00998", "１２４８１００９９８", "124-81-0099a"
            })
    void what_is_not_ten_digits_is_refused(String number) {
        assertThatThrownBy(() -> new BusinessNumber(number))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not ten digits (expected: such as 124-81-00998");
    }

    @Test
    void number_is_shown_as_people_write_it() {
        assertThat(new BusinessNumber("1248100998")).hasToString("124-81-00998");
    }

    private static boolean fits(String number) {
        try {
            return new BusinessNumber(number) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
