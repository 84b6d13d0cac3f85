package dev.wonflow.topics;

import dev.wonflow.runtime.PeriodicWork;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.kafka.core.KafkaAdmin;

/** Sets the topics up in every service that talks to Kafka. */
@AutoConfiguration(after = KafkaAutoConfiguration.class, afterName = "dev.wonflow.runtime.RuntimeAutoConfiguration")
@ConditionalOnBean(KafkaAdmin.class)
@EnableConfigurationProperties(TopicsProperties.class)
public final class TopicsAutoConfiguration {

    @Bean
    TopicSetup topicSetup(KafkaAdmin kafka, TopicsProperties properties) {
        return new TopicSetup(
                DeclaredTopics.read(new ClassPathResource("contracts/topics.json")),
                properties,
                kafka.getConfigurationProperties());
    }

    @Bean
    TopicWatch topicWatch(TopicSetup setup, TopicsProperties properties, Clock clock) {
        return new TopicWatch(setup, properties.checkInterval(), clock);
    }

    @Bean
    PeriodicWork topicWatchRuns(TopicWatch watch, TopicsProperties properties) {
        return new PeriodicWork("topic-watch", properties.checkInterval(), properties.checkInterval(), watch::runOnce);
    }

    /** Health, where Spring Boot's health is. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    static class HealthConfiguration {

        @Bean
        TopicsHealthIndicator topicsHealthIndicator(TopicWatch watch) {
            return new TopicsHealthIndicator(watch);
        }
    }
}
