package dev.wonflow.order;

import dev.wonflow.runtime.AliasedVariable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Starts the order service. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(OrderProperties.class)
public class OrderServiceApplication {

    /** Base of the pages the buyer is sent to. */
    private static final AliasedVariable APP_URL = new AliasedVariable("APP_URL", "NEXT_PUBLIC_APP_URL");

    public static void main(String[] args) {
        SpringApplication.run(OrderServiceApplication.class, args);
    }

    @Bean
    CheckoutPage checkoutPage(Environment environment) {
        return CheckoutPage.of(APP_URL.name(), APP_URL.require(environment));
    }
}
