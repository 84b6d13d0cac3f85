package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The control page in a real browser. */
@Tag("browser")
class ControlPageBrowserIT {

    private static Browser browser;

    private final RunningSandbox sandbox = RunningSandbox.shared();

    @BeforeAll
    static void start() {
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    @Test
    void its_button_makes_happen_what_was_chosen_and_says_so() throws IOException {
        browser.open(sandbox.base() + "/");
        browser.click("option[value='va.reversal']");
        browser.click("form[data-trigger] button");

        await().untilAsserted(() -> assertThat(browser.find("#said").getText())
                .startsWith("va.reversal: Payment ")
                .endsWith(" over 33000 won is WAITING_FOR_DEPOSIT."));
        assertThat(browser.find("#list").getText()).contains("연습 주문", "33,000", "WAITING_FOR_DEPOSIT");
        browser.picture("control-page");
        assertThat(browser.complaints()).isEmpty();
    }
}
