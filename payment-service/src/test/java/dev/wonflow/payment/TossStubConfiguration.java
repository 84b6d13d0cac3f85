package dev.wonflow.payment;

import dev.wonflow.payment.gateway.toss.TossStub;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** Points the service at the stub of Toss. */
@TestConfiguration(proxyBeanMethods = false)
class TossStubConfiguration {

    @Bean
    TossStub tossStub() {
        return new TossStub();
    }

    @Bean
    DynamicPropertyRegistrar tossAddress(TossStub toss) {
        return properties -> properties.add("TOSS_API_BASE_URL", toss::url);
    }
}
