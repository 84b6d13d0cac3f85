package dev.wonflow.order.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.util.Throwables;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckoutPageTest {

    @ParameterizedTest
    @ValueSource(strings = {"https://shop.example/store", "https://shop.example/store/"})
    void page_lies_under_the_shops_address(String appUrl) {
        assertThat(CheckoutPage.of("APP_URL", appUrl).of(OrderFixture.ID))
                .hasToString("https://shop.example/store/checkout/ord_019b8c18e38073c4af0b6d4c8e91a001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.example",
                "/store",
                "ftp://shop.example",
                "https://",
                "https://a b",
                "https://shop.example/?x=1",
                "https://user:secret@shop.example",
                "javascript:alert(1)"
            })
    void anything_but_an_absolute_web_address_is_refused_with_the_name_of_the_setting(String appUrl) {
        assertThatThrownBy(() -> CheckoutPage.of("APP_URL", appUrl))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("APP_URL: ")
                .hasMessageContaining("(expected: absolute http or https address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:hunter2@shop.example",
                "https://user:hunter2 x@shop.example",
                "https://user:hunter2@x@shop.example",
                "user:hunter2@shop.example"
            })
    void password_in_a_refused_address_is_not_told(String appUrl) {
        assertThatThrownBy(() -> CheckoutPage.of("APP_URL", appUrl))
                .isInstanceOf(IllegalArgumentException.class)
                .extracting(Throwables::getStackTrace)
                .asString()
                .startsWith("java.lang.IllegalArgumentException: APP_URL: ")
                .contains("shop.example")
                .doesNotContain("hunter2");
    }
}
