package dev.wonflow.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.topics.DeclaredTopics.Topic;
import dev.wonflow.topics.Demands.Shortcoming;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemandsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final DeclaredTopics DECLARED =
            new DeclaredTopics(List.of(new Topic("order.events", 6, Duration.ofDays(7))));
    private static final TopicsProperties CLUSTER = new TopicsProperties((short) 3, (short) 2, LIMIT, LIMIT);
    private static final TopicsProperties LAPTOP = new TopicsProperties((short) 1, (short) 1, LIMIT, LIMIT);

    @Test
    void topic_as_declared_has_no_shortcoming() {
        assertThat(shortcomings(CLUSTER, 3, Map.of())).isEmpty();
        assertThat(shortcomings(LAPTOP, 1, Map.of("min.insync.replicas", "1"))).isEmpty();
    }

    @Test
    void several_copies_of_which_one_is_enough_are_a_shortcoming_wherever_it_runs() {
        Shortcoming one = new Shortcoming("order.events", "min.insync.replicas", "1", "2");

        assertThat(shortcomings(CLUSTER, 3, Map.of("min.insync.replicas", "1"))).containsExactly(one);
        assertThat(shortcomings(LAPTOP, 3, Map.of("min.insync.replicas", "1"))).containsExactly(one);
    }

    @Test
    void fewer_copies_than_demanded_cannot_be_mended_by_a_setting() {
        Map<String, TopicOnBroker> existing = Map.of("order.events", new TopicOnBroker(6, 1, Map.of()));

        assertThat(new Demands(DECLARED, CLUSTER).obstacles(existing))
                .containsExactly("topic order.events: 1 copies (expected: 3)");
        assertThat(new Demands(DECLARED, LAPTOP).obstacles(existing)).isEmpty();
    }

    @Test
    void setting_the_broker_does_not_tell_is_set() {
        Map<String, TopicOnBroker> existing = Map.of("order.events", new TopicOnBroker(6, 3, Map.of()));

        assertThat(new Demands(DECLARED, CLUSTER).shortcomings(existing))
                .extracting(Shortcoming::setting)
                .contains("retention.ms", "cleanup.policy", "min.insync.replicas");
    }

    @Test
    void compacted_topic_keeps_its_newest_records_whatever_their_age() {
        Topic catalogue = new Topic("plan.catalogue", 1, Duration.ofHours(1), true);
        Demands demands = new Demands(new DeclaredTopics(List.of(catalogue)), LAPTOP);
        Map<String, String> settings = demands.settings(catalogue, Map.of());

        assertThat(settings).containsEntry("cleanup.policy", "compact").doesNotContainKey("retention.ms");
        assertThat(demands.shortcomings(Map.of("plan.catalogue", new TopicOnBroker(1, 1, settings))))
                .extracting(Shortcoming::setting)
                .doesNotContain("cleanup.policy", "retention.ms");
        assertThat(demands.shortcomings(
                        Map.of("plan.catalogue", new TopicOnBroker(1, 1, Map.of("cleanup.policy", "delete")))))
                .contains(new Shortcoming("plan.catalogue", "cleanup.policy", "delete", "compact"));
    }

    private static List<Shortcoming> shortcomings(
            TopicsProperties properties, int copies, Map<String, String> differing) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "retention.ms", Long.toString(Duration.ofDays(7).toMillis()),
                "retention.bytes", "-1",
                "cleanup.policy", "delete",
                "max.message.bytes", "1048588",
                "min.insync.replicas", "2",
                "unclean.leader.election.enable", "false"));
        settings.putAll(differing);
        return new Demands(DECLARED, properties)
                .shortcomings(Map.of("order.events", new TopicOnBroker(6, copies, settings)));
    }
}
