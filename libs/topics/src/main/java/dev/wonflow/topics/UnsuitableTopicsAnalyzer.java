package dev.wonflow.topics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells an operator what to do when the service refuses its topics. */
final class UnsuitableTopicsAnalyzer extends AbstractFailureAnalyzer<UnsuitableTopics> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnsuitableTopics cause) {
        return new FailureAnalysis(
                "Kafka has topics with another number of partitions than contracts/topics.json declares: "
                        + cause.getMessage() + ".",
                "Keys would lose their order, or dead letters their partition. If the topic is empty, delete it and start"
                        + " again: it will be created as declared. If it is in use, move its records to a new topic first.",
                cause);
    }
}
