package dev.wonflow.inbox;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to the dead letters.
 *
 * @param cause what the listener threw, if anything
 * @param halted set when an earlier letter of the partition was refused; this one is then not sent any more
 * @param stored completes when the broker has the letter, or with why it did not take it
 */
record DeadLetter(
        ConsumerRecord<?, ?> message,
        String group,
        String reason,
        @Nullable Throwable cause,
        ProducerRecord<byte[], byte[]> letter,
        AtomicBoolean halted,
        CompletableFuture<ProducerRecord<byte[], byte[]>> stored) {

    long offset() {
        return message.offset();
    }

    long size() {
        return LetterSize.of(letter);
    }
}
