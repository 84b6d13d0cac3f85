package dev.wonflow.payment.payment.jdbc;

import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.Closing;
import dev.wonflow.payment.payment.Closings;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Closings in PostgreSQL. Every statement is whole by itself. */
@Component
class JdbcClosings implements Closings {

    /** The number of the last intent if it is open, else one more. */
    private static final String NEXT = """
        SELECT coalesce(max(number) + CASE WHEN bool_or(answer IS NULL) THEN 0 ELSE 1 END, 1)
        FROM payment_closing WHERE payment_key = :key
        """;
    /** An open intent is the one to act on again. */
    private static final String BEGIN = """
        INSERT INTO payment_closing (payment_key, number, payment_id, idempotency_key, started_at)
        VALUES (:key, :number, :payment, :idempotencyKey, :now)
        ON CONFLICT (payment_key, number) DO NOTHING
        """;

    private static final String ANSWERED = """
        UPDATE payment_closing SET answer = :answer, answered_at = :now WHERE payment_key = :key AND number = :number
        """;

    private final JdbcClient jdbc;

    JdbcClosings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Closing begin(PaymentId paymentId, PaymentKey key, OrderId orderId, Instant now) {
        int number =
                jdbc.sql(NEXT).param("key", key.value()).query(Integer.class).single();
        Closing closing = new Closing(paymentId, key, orderId, number);
        jdbc.sql(BEGIN)
                .param("key", key.value())
                .param("number", number)
                .param("payment", paymentId.value())
                .param("idempotencyKey", closing.idempotencyKey())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        return closing;
    }

    @Override
    public void answered(Closing closing, String answer, Instant now) {
        jdbc.sql(ANSWERED)
                .param("key", closing.paymentKey().value())
                .param("number", closing.number())
                .param("answer", answer)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }
}
