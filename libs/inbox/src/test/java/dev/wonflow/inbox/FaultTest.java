package dev.wonflow.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.kafka.listener.ListenerExecutionFailedException;
import org.springframework.transaction.CannotCreateTransactionException;

class FaultTest {

    @Test
    void unreadable_message_is_found_behind_the_wrapping_of_the_container() {
        assertThat(Fault.of(new ListenerExecutionFailedException("listener", new UnreadableMessage("won: -1"))))
                .isEqualTo(Fault.UNREADABLE);
    }

    @Test
    void message_that_came_too_early_is_neither_broken_nor_a_bug() {
        assertThat(Fault.of(new ListenerExecutionFailedException(
                        "listener", new MessageTooEarly("plan: not told of", new IllegalStateException()))))
                .isEqualTo(Fault.TOO_EARLY);
    }

    @Test
    void database_that_is_away_is_a_fault_of_the_surroundings() {
        assertThat(Fault.of(new CannotCreateTransactionException("no connection")))
                .isEqualTo(Fault.SURROUNDINGS);
        assertThat(Fault.of(new ListenerExecutionFailedException(
                        "listener", new DataAccessResourceFailureException("connection is closed"))))
                .isEqualTo(Fault.SURROUNDINGS);
        assertThat(Fault.of(new QueryTimeoutException("statement timeout"))).isEqualTo(Fault.SURROUNDINGS);
    }

    @Test
    void broker_that_is_away_is_a_fault_of_the_surroundings() {
        assertThat(Fault.of(
                        new IllegalStateException(new org.apache.kafka.common.errors.TimeoutException("no answer"))))
                .isEqualTo(Fault.SURROUNDINGS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "40001", "40P01", "53300", "57P01", "58030", "25006"})
    void state_of_the_server_is_a_fault_of_the_surroundings(String sqlState) {
        assertThat(Fault.of(new UncategorizedSQLException("task", null, new SQLException("x", sqlState))))
                .isEqualTo(Fault.SURROUNDINGS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "22001", "42P01"})
    void complaint_about_the_statement_is_unexpected(String sqlState) {
        assertThat(Fault.of(new DataIntegrityViolationException("x", new SQLException("x", sqlState))))
                .isEqualTo(Fault.UNEXPECTED);
    }

    @Test
    void conflict_with_another_writer_is_tried_a_bounded_number_of_times() {
        assertThat(Fault.of(new OptimisticLockingFailureException("version 3"))).isEqualTo(Fault.UNEXPECTED);
    }

    @Test
    void causes_that_run_in_a_circle_end() {
        IllegalStateException outer = new IllegalStateException("outer");
        outer.initCause(new IllegalStateException("inner", outer));

        assertThat(Fault.of(outer)).isEqualTo(Fault.UNEXPECTED);
    }
}
