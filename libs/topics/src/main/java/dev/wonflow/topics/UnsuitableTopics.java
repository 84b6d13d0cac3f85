package dev.wonflow.topics;

import java.util.List;
import java.util.Map;

/** Topics exist that cannot carry what they are declared to carry. */
final class UnsuitableTopics extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private UnsuitableTopics(List<String> findings) {
        super(String.join("; ", findings));
    }

    static void throwIfAny(DeclaredTopics declared, Map<String, Integer> partitionsOnBroker) {
        List<String> findings = declared.topics().stream()
                .filter(topic ->
                        partitionsOnBroker.getOrDefault(topic.name(), topic.partitions()) != topic.partitions())
                .map(topic -> "topic " + topic.name() + ": " + partitionsOnBroker.get(topic.name())
                        + " partitions (expected: " + topic.partitions() + ")")
                .toList();
        if (!findings.isEmpty()) {
            throw new UnsuitableTopics(findings);
        }
    }
}
