package dev.wonflow.order;

import dev.wonflow.testsupport.RefusedStart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RefusedStartIT {

    private static final String CURE = "Set APP_URL to the root of the shop's pages";

    private RefusedStart start;

    @BeforeEach
    void a_start(CapturedOutput output) {
        start = new RefusedStart(OrderServiceApplication.class, output).withDatabase();
    }

    @ParameterizedTest
    @CsvSource({
        "http://shop.example, stage=production, in stage production",
        "https://127.0.0.1:18085, stage=PRODUCTION, in stage production",
        "https://localhost, any-key=live_sk_0123456789, beside a live key in wonflow.any-key"
    })
    void buyers_whose_money_is_real_are_sent_over_https_and_to_no_one_machine(
            String address, String setting, String sign) {
        start.with("APP_URL=" + address, "wonflow." + setting)
                .tells("APP_URL: " + address + " " + sign + " (expected: https, ", CURE, "0123456789");
    }

    @Test
    void address_that_is_none_is_told_without_the_password_in_it() {
        start.with("APP_URL=ftp://shop:s3cret@shop.example")
                .tells("APP_URL: ***@shop.example (expected: absolute http or https address", CURE, "s3cret");
    }

    @Test
    void missing_address_is_named_with_its_alias() {
        start.tells("APP_URL: not set (expected: a value; NEXT_PUBLIC_APP_URL also works)", "Set APP_URL.");
    }

    @Test
    void two_names_with_two_values_are_told() {
        start.with("APP_URL=https://one.example", "NEXT_PUBLIC_APP_URL=https://other.example")
                .tells(
                        "APP_URL and NEXT_PUBLIC_APP_URL: two different values (expected: ",
                        "Remove the one that is out of date",
                        "one.example",
                        "other.example");
    }
}
