package dev.wonflow.benchmarks.relay;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Something that carries the outbox table to Kafka. Every method is called from one thread. */
interface Carrier {

    /** Creates the replication slot, so that everything committed from now on waits for this carrier. */
    void prepare() throws Exception;

    /** Starts carrying, from the slot's position; may return before the first record is sent. */
    void start() throws Exception;

    /** Stops carrying and leaves the slot unused. */
    void stop() throws Exception;

    /** Forgets the slot and everything remembered about it. */
    void forget() throws Exception;

    /**
     * Where a carrier works.
     *
     * @param databaseUrl JDBC URL with its user
     * @param bootstrapServers of Kafka
     */
    record Place(String databaseUrl, String bootstrapServers) {

        static Place of(List<String> args) {
            return new Place(args.get(0), args.get(1));
        }

        /** What every producer here has in common: durable, idempotent, bytes. */
        Map<String, Object> producerSettings() {
            return Map.of(
                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    bootstrapServers,
                    ProducerConfig.ACKS_CONFIG,
                    "all",
                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                    true,
                    ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                    ByteArraySerializer.class,
                    ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                    ByteArraySerializer.class);
        }
    }
}
