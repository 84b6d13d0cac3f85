package dev.wonflow.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.testsupport.server.RealServers;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** A use case that demands a transaction, as those of all services do. */
@RealServers
@DirtiesContext
@SpringBootTest(classes = DemandedTransactionIT.PotteryApplication.class)
class DemandedTransactionIT {

    private static final String CONSUMER = "pottery";

    private final Inbox inbox;
    private final FireMug fireMug;
    private final JdbcClient jdbc;

    @Autowired
    DemandedTransactionIT(Inbox inbox, FireMug fireMug, JdbcClient jdbc) {
        this.inbox = inbox;
        this.fireMug = fireMug;
        this.jdbc = jdbc;
    }

    @Test
    void effect_finds_the_transaction_its_use_case_demands_and_it_is_that_of_the_claim() {
        inbox.once(CONSUMER, message("m-1"), () -> fireMug.fire("red"));

        assertThat(jdbc.sql("SELECT mug FROM fired JOIN inbox ON inbox.xmin = fired.xmin WHERE message_id = 'm-1'")
                        .query(String.class)
                        .list())
                .containsExactly("red");
    }

    @Test
    void use_case_that_fails_takes_the_claim_with_it() {
        assertThatThrownBy(() -> inbox.once(CONSUMER, message("m-2"), () -> {
                    fireMug.fire("blue");
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(jdbc.sql("SELECT count(*) FROM inbox WHERE message_id = 'm-2'")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(fired("blue")).isZero();
    }

    @Test
    void use_case_without_a_claim_is_refused() {
        assertThatThrownBy(() -> fireMug.fire("green")).isInstanceOf(IllegalTransactionStateException.class);

        assertThat(fired("green")).isZero();
    }

    private long fired(String mug) {
        return jdbc.sql("SELECT count(*) FROM fired WHERE mug = :mug")
                .param("mug", mug)
                .query(Long.class)
                .single();
    }

    private static ConsumerRecord<byte[], byte[]> message(String id) {
        ConsumerRecord<byte[], byte[]> message = new ConsumerRecord<>("mugs", 0, 1, null, null);
        message.headers().add("ce_id", id.getBytes(UTF_8));
        return message;
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(FireMug.class)
    static class PotteryApplication {

        PotteryApplication(JdbcClient jdbc) {
            InboxTables.create(jdbc);
            jdbc.sql("CREATE TABLE fired (mug text NOT NULL)").update();
        }
    }

    static class FireMug {

        private final JdbcClient jdbc;

        FireMug(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @Transactional(propagation = Propagation.MANDATORY)
        public void fire(String mug) {
            jdbc.sql("INSERT INTO fired VALUES (:mug)").param("mug", mug).update();
        }
    }
}
