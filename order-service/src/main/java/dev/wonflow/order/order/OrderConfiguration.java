package dev.wonflow.order.order;

import dev.wonflow.runtime.AliasedVariable;
import dev.wonflow.runtime.PeriodicWork;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Gives orders their settings. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OrderProperties.class)
class OrderConfiguration {

    /** Base of the pages the buyer is sent to. */
    private static final AliasedVariable APP_URL = new AliasedVariable("APP_URL", "NEXT_PUBLIC_APP_URL");

    @Bean
    CheckoutPage checkoutPage(Environment environment) {
        return CheckoutPage.of(APP_URL.name(), APP_URL.require(environment));
    }

    @Bean
    PeriodicWork expireOrdersRuns(ExpireOrders expireOrders, OrderProperties properties) {
        return new PeriodicWork(
                "expire-orders", properties.sweepInterval(), properties.sweepInterval(), expireOrders::runOnce);
    }
}
