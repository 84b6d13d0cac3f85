package dev.wonflow.testsupport.planted.transactions;

import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.transaction.support.TransactionOperations;

/** A listener that does not leave its transaction to the inbox. */
record MugMessages(TransactionOperations transaction) {

    @KafkaListener
    void on(String message) {
        transaction.executeWithoutResult(_ -> {});
    }
}
