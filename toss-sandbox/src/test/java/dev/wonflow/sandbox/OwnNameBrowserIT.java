package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A shop that cannot be told another address: the official npm package loads its script from Toss, whose names mean the
 * sandbox to this browser, as they would by an entry in the hosts file.
 */
@Tag("browser")
class OwnNameBrowserIT {

    private static RunningSandbox sandbox;
    private static Shop shop;
    private static Browser browser;

    private final String orderId = RunningSandbox.newOrderId();

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException, InterruptedException {
        sandbox = RunningSandbox.startWith(Certificate.in(folder));
        shop = Shop.open();
        browser = Browser.startWithTossAt(sandbox.base());
    }

    @AfterAll
    static void stop() {
        browser.close();
        shop.close();
        sandbox.close();
    }

    @Test
    void a_card_payment_ends_with_its_money_taken() {
        begin(RunningSandbox.CLIENT_KEY, """
                const payment = toss.payment({ customerKey: ANONYMOUS });
                await payment.requestPayment({ method: 'CARD', amount: { currency: 'KRW', value: 33000 }, %s });""".formatted(order()));
        browser.enterWindow();
        browser.click("button.primary");

        assertThat(confirmed(RunningSandbox.SECRET_KEY).text("status")).isEqualTo("DONE");
    }

    @Test
    void the_widgets_take_it_too() {
        begin(RunningSandbox.WIDGET_CLIENT_KEY, """
                const widgets = toss.widgets({ customerKey: ANONYMOUS });
                await widgets.setAmount({ currency: 'KRW', value: 33000 });
                const [, terms] = await Promise.all([
                  widgets.renderPaymentMethods({ selector: '#methods' }), widgets.renderAgreement({ selector: '#terms' })]);
                terms.on('agreementStatusChange', (status) => { document.body.dataset.agreed = status.agreedRequiredTerms; });
                window.pay = () => widgets.requestPayment({ %s });
                """.formatted(order()));
        browser.find("body[data-agreed='false']");
        browser.enterFrameIn("#methods");
        browser.click("option[value='SAMSUNG']");
        browser.enterFrameIn("#terms");
        browser.click("input[data-all]");
        browser.leaveFrame();
        browser.find("body[data-agreed='true']");
        browser.begin("await window.pay()");
        browser.enterWindow();
        browser.click("button.primary");

        assertThat(confirmed(RunningSandbox.WIDGET_SECRET_KEY).text("status")).isEqualTo("DONE");
    }

    /** Loads the SDK as any shop does, without saying from where. */
    private void begin(String clientKey, String script) {
        browser.visit(shop);
        browser.begin("const toss = await loadTossPayments('%s');\n%s".formatted(clientKey, script));
    }

    private String order() {
        return "orderId: '%s', orderName: '머그컵 외 1건', successUrl: '%s', failUrl: '%s'"
                .formatted(orderId, shop.url("/success"), shop.url("/fail"));
    }

    private Answer confirmed(String secretKey) {
        Map<String, String> back = Browser.parameters(browser.addressFrom(shop.url("/success")));
        return sandbox.confirm(
                back.getOrDefault("paymentKey", ""), orderId, "Authorization", RunningSandbox.basic(secretKey));
    }
}
