package dev.wonflow.sandbox.merchant;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the merchants from their settings. */
@Configuration(proxyBeanMethods = false)
class MerchantConfiguration {

    @Bean
    Merchants merchants(MerchantSettings settings) {
        return settings.toMerchants();
    }

    @Bean
    SecurityKeys securityKeys(MerchantSettings settings) {
        return settings.toSecurityKeys();
    }
}
