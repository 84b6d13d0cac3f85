package dev.wonflow.topics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells an operator what to do when the service refuses its topics. */
final class UnsuitableTopicsAnalyzer extends AbstractFailureAnalyzer<UnsuitableTopics> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnsuitableTopics cause) {
        return new FailureAnalysis(
                "Kafka has topics that are not what contracts/topics.json declares: " + cause.getMessage() + ".",
                "Partitions: keys would lose their order, or dead letters their partition. If the topic is empty, delete it"
                        + " and start again: it will be created as declared. If it is in use, move its records to a new"
                        + " topic first. Copies: add some with kafka-reassign-partitions, or lower"
                        + " wonflow.topics.replication-factor if that is what you want. Settings: change them with"
                        + " kafka-configs --alter, or give this service the right to alter its topics, and it will.",
                cause);
    }
}
