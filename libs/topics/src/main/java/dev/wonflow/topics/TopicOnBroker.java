package dev.wonflow.topics;

import java.util.Map;

/**
 * A topic as the broker has it.
 *
 * @param copies of the partition that has the fewest
 * @param settings by Kafka's names
 */
record TopicOnBroker(int partitions, int copies, Map<String, String> settings) {

    TopicOnBroker {
        settings = Map.copyOf(settings);
    }

    /** A numeric setting; 0 if the broker does not tell it. */
    long number(String setting) {
        return Long.parseLong(settings.getOrDefault(setting, "0"));
    }
}
