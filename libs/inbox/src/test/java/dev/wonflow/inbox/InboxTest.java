package dev.wonflow.inbox;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.runtime.trace.Trace;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionOperations;

class InboxTest {

    private static final JdbcClient NONE = JdbcClient.create(new DriverManagerDataSource("jdbc:none"));

    private final Inbox inbox = new Inbox(
            NONE,
            new Sequences(NONE),
            new SkippedMessages(new SimpleMeterRegistry()),
            TransactionOperations.withoutTransaction(),
            Trace.passedOn());

    @Test
    void claim_without_a_transaction_is_refused() {
        assertThatThrownBy(() -> inbox.claim("order-service.payments", "m-1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no transaction is open");
    }
}
