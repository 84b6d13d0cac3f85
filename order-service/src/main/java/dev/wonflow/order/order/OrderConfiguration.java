package dev.wonflow.order.order;

import dev.wonflow.runtime.AliasedVariable;
import dev.wonflow.runtime.PeriodicWork;
import dev.wonflow.runtime.RealMoney;
import dev.wonflow.runtime.StartRefused;
import dev.wonflow.runtime.ThisMachine;
import java.net.URI;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Gives orders their settings. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OrderProperties.class)
class OrderConfiguration {

    /** Base of the pages the buyer is sent to. */
    private static final AliasedVariable APP_URL = new AliasedVariable("APP_URL", "NEXT_PUBLIC_APP_URL");

    private static final String CURE =
            "Set " + APP_URL.name() + " to the root of the shop's pages, as the buyer's browser reaches it.";

    /**
     * Knows where buyers pay.
     *
     * @throws StartRefused if that is no address, or one that must not be shown to buyers whose money is real
     */
    @Bean
    CheckoutPage checkoutPage(ConfigurableEnvironment environment) {
        String address = APP_URL.require(environment);
        CheckoutPage page;
        try {
            page = CheckoutPage.of(APP_URL.name(), address);
        } catch (IllegalArgumentException e) {
            throw new StartRefused(String.valueOf(e.getMessage()), CURE);
        }
        RealMoney.signOf(environment).ifPresent(sign -> requireFitForBuyers(page.appUrl(), sign));
        return page;
    }

    /** On a page that comes in clear, someone on the way can put another one's bank account. */
    private static void requireFitForBuyers(URI address, String sign) {
        if (!"https".equalsIgnoreCase(address.getScheme()) || ThisMachine.is(address.getHost())) {
            throw new StartRefused(
                    APP_URL.name() + ": " + address + " " + sign
                            + " (expected: https, and not this machine, where money is real)",
                    CURE);
        }
    }

    @Bean
    PeriodicWork expireOrdersRuns(ExpireOrders expireOrders, OrderProperties properties) {
        return new PeriodicWork(
                "expire-orders", properties.sweepInterval(), properties.sweepInterval(), expireOrders::runOnce);
    }
}
