package dev.wonflow.topics;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.kafka.core.KafkaAdmin;

/** Sets the topics up in every service that talks to Kafka. */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
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
}
