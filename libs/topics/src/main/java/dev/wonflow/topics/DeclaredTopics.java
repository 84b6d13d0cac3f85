package dev.wonflow.topics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.core.io.Resource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The topics there are, as {@code contracts/topics.json} declares them.
 *
 * @param topics in the order of the file; names are distinct
 */
record DeclaredTopics(List<Topic> topics) {

    private static final String DEAD_LETTERS = "-dlt";

    /** Most topics do not say that they are not compacted; a missing number of partitions is refused below. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** Most bytes of a batch in a topic, as Kafka has it unless told otherwise. */
    private static final int LARGEST_BATCH = 1_048_588;

    /**
     * How much more a dead letter may take than its message: what is wrong and where it was are some kilobytes, and
     * bytes that were compressed together with others may need more room alone.
     */
    static final int DEAD_LETTER_ALLOWANCE = 1 << 20;

    DeclaredTopics {
        topics = List.copyOf(topics);
        Map<String, Topic> byName = topics.stream().collect(Collectors.toMap(Topic::name, Function.identity()));
        for (Topic topic : topics) {
            if (topic.isDeadLetters()) {
                String sourceName = topic.source();
                Topic source = byName.get(sourceName);
                if (source == null) {
                    throw new IllegalArgumentException("topic " + topic.name() + ": no source " + sourceName
                            + " (expected: dead letters of a declared topic)");
                }
                // A dead letter keeps its partition number, so the order of its key survives a redrive.
                if (source.partitions() != topic.partitions()) {
                    throw new IllegalArgumentException("topic " + topic.name() + ": " + topic.partitions()
                            + " partitions (expected: " + source.partitions() + ", as " + sourceName + " has)");
                }
            }
        }
    }

    static DeclaredTopics read(Resource file) {
        try (InputStream json = file.getInputStream()) {
            return JSON.readValue(json, DeclaredTopics.class);
        } catch (IOException e) {
            throw new UncheckedIOException(file.getDescription(), e);
        }
    }

    /**
     * A topic.
     *
     * @param partitions at least 1; changing it later would break the order of keys
     * @param retention how long Kafka keeps a record; of a compacted topic, how long at most one that has a successor
     * @param compacted whether the newest record of each key stays for ever
     */
    record Topic(String name, int partitions, Duration retention, boolean compacted) {

        Topic(String name, int partitions, Duration retention) {
            this(name, partitions, retention, false);
        }

        Topic {
            if (partitions < 1) {
                throw new IllegalArgumentException(
                        "topic " + name + ": " + partitions + " partitions (expected: at least 1)");
            }
            if (!retention.isPositive()) {
                throw new IllegalArgumentException("topic " + name + ": retention " + retention + " (expected: > 0)");
            }
        }

        boolean isDeadLetters() {
            return name.endsWith(DEAD_LETTERS);
        }

        /** The topic whose dead letters these are. */
        String source() {
            return name.substring(0, name.length() - DEAD_LETTERS.length());
        }

        /** The most bytes the topic takes in one batch; a dead-letter topic takes all of its source's, and why. */
        int largestBatch() {
            return isDeadLetters() ? LARGEST_BATCH + DEAD_LETTER_ALLOWANCE : LARGEST_BATCH;
        }
    }
}
