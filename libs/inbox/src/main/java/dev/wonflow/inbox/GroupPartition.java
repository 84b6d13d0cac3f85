package dev.wonflow.inbox;

import org.apache.kafka.common.TopicPartition;

/** A partition as one consumer group reads it; another group may stand at another place in it. */
record GroupPartition(String group, TopicPartition partition) {}
