package dev.wonflow.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class InboxPropertiesTest {

    private final ApplicationContextRunner context = new ApplicationContextRunner().withUserConfiguration(Bound.class);

    @Test
    void claims_outlive_topic_and_dead_letters_unless_told_otherwise() {
        context.run(running ->
                assertThat(running.getBean(InboxProperties.class).retention()).isGreaterThan(Duration.ofDays(37)));
    }

    @Test
    void retention_shorter_than_a_message_can_live_is_refused() {
        context.withPropertyValues("wonflow.inbox.retention=37d")
                .run(failed -> assertThat(failed)
                        .getFailure()
                        .rootCause()
                        .hasMessage("wonflow.inbox.retention: PT888H (expected: more than PT888H)"));
    }

    @Test
    void wait_that_would_cost_the_consumer_its_partitions_is_refused() {
        context.withPropertyValues("wonflow.inbox.retry-max-delay=5m")
                .run(failed -> assertThat(failed)
                        .getFailure()
                        .rootCause()
                        .hasMessageStartingWith("wonflow.inbox.retry-max-delay: PT5M"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(InboxProperties.class)
    static class Bound {}
}
