package dev.wonflow.webhook.messaging;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.support.ProducerListener;

/** Silences the line Spring logs for each failed send: while Kafka is away, that is one for each webhook. */
@Configuration(proxyBeanMethods = false)
class ProducerLog {

    @Bean
    ProducerListener<Object, Object> silentProducerListener() {
        return new ProducerListener<>() {};
    }
}
