package dev.wonflow.payment;

import dev.wonflow.payment.toss.TossStub;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaAdmin.NewTopics;
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

    @Bean
    NewTopics topics() {
        return new NewTopics(
                new NewTopic("order.events", 6, (short) 1),
                new NewTopic("order.events-dlt", 6, (short) 1),
                new NewTopic("payment.events", 6, (short) 1),
                new NewTopic("toss.webhooks", 6, (short) 1),
                new NewTopic("toss.webhooks-dlt", 6, (short) 1));
    }
}
