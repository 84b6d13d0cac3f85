package dev.wonflow.topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.topics.DeclaredTopics.Topic;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;

class DeclaredTopicsTest {

    private static final Duration WEEK = Duration.ofDays(7);

    @Test
    void the_contracts_declare_each_topic_and_its_dead_letters() {
        DeclaredTopics declared = DeclaredTopics.read(new ClassPathResource("contracts/topics.json"));

        assertThat(declared.topics())
                .containsExactlyInAnyOrder(
                        new Topic("checkout.requests", 6, WEEK),
                        new Topic("checkout.requests-dlt", 6, Duration.ofDays(30)),
                        new Topic("notice.requests", 6, WEEK),
                        new Topic("notice.requests-dlt", 6, Duration.ofDays(30)),
                        new Topic("order.events", 6, WEEK),
                        new Topic("order.events-dlt", 6, Duration.ofDays(30)),
                        new Topic("payment.commands", 6, WEEK),
                        new Topic("payment.commands-dlt", 6, Duration.ofDays(30)),
                        new Topic("payment.events", 6, WEEK),
                        new Topic("payment.events-dlt", 6, Duration.ofDays(30)),
                        new Topic("plan.catalogue", 1, WEEK, true),
                        new Topic("plan.catalogue-dlt", 1, Duration.ofDays(30)),
                        new Topic("subscription.events", 6, WEEK),
                        new Topic("tenant.entitlements", 6, WEEK, true),
                        new Topic("toss.webhooks", 6, WEEK),
                        new Topic("toss.webhooks-dlt", 6, Duration.ofDays(30)));
    }

    @Test
    void dead_letters_with_other_partitions_than_their_source_are_refused() {
        assertThatThrownBy(() -> new DeclaredTopics(
                        List.of(new Topic("order.events", 6, WEEK), new Topic("order.events-dlt", 1, WEEK))))
                .hasMessage("topic order.events-dlt: 1 partitions (expected: 6, as order.events has)");
    }

    @Test
    void dead_letters_of_nothing_are_refused() {
        assertThatThrownBy(() -> new DeclaredTopics(List.of(new Topic("order.evnts-dlt", 6, WEEK))))
                .hasMessageContaining("topic order.evnts-dlt: no source order.evnts");
    }

    @Test
    void a_topic_needs_partitions_and_a_retention() {
        assertThatThrownBy(() -> new Topic("order.events", 0, WEEK))
                .hasMessage("topic order.events: 0 partitions (expected: at least 1)");
        assertThatThrownBy(() -> new Topic("order.events", 6, Duration.ZERO))
                .hasMessageContaining("topic order.events: retention PT0S");
    }

    @Test
    void a_missing_file_is_named() {
        assertThatThrownBy(() -> DeclaredTopics.read(new ClassPathResource("contracts/nowhere.json")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("contracts/nowhere.json");
    }

    @Test
    void a_file_may_carry_descriptions() {
        String json = """
            {"topics": [{"name": "order.events", "description": "-", "partitions": 6, "retention": "P7D"}]}
            """;

        assertThat(DeclaredTopics.read(new ByteArrayResource(json.getBytes(UTF_8)))
                        .topics())
                .containsExactly(new Topic("order.events", 6, WEEK));
    }
}
