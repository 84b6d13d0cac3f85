package dev.wonflow.inbox;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class InboxTest {

    private final Inbox inbox = new Inbox(JdbcClient.create(new DriverManagerDataSource("jdbc:none")));

    @Test
    void claim_without_a_transaction_is_refused() {
        assertThatThrownBy(() -> inbox.claim("order-service.payments", "m-1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no transaction is open");
        assertThatThrownBy(() -> inbox.claimAll("order-service.payments", List.of("m-1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no transaction is open");
    }
}
