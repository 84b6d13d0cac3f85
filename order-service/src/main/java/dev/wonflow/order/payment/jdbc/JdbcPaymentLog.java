package dev.wonflow.order.payment.jdbc;

import dev.wonflow.inbox.Sequences;
import dev.wonflow.order.OrderId;
import dev.wonflow.order.cart.Text;
import dev.wonflow.order.payment.Payment;
import dev.wonflow.order.payment.PaymentLog;
import dev.wonflow.order.payment.PaymentNote;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The failure log, and the newest fact applied of each payment. */
@Repository
class JdbcPaymentLog implements PaymentLog {

    private static final int MAX_CODE_LENGTH = 200;
    private static final int MAX_MESSAGE_LENGTH = 1_000;

    /** The consumer of payment events. */
    private static final String CONSUMER = "order-service.payments";

    private static final String ADD = """
        INSERT INTO payment_note (order_id, payment_id, kind, code, message, noted_at)
        VALUES (:orderId, :paymentId, :kind, :code, :message, :notedAt)
        """;

    /** Bounded, though a buyer who fails a hundred times has other problems. */
    private static final String FAILURES = """
        SELECT * FROM payment_note
        WHERE order_id = :orderId AND kind = 'FAILURE'
        ORDER BY id
        LIMIT 100
        """;

    private final JdbcClient jdbc;
    private final Sequences sequences;

    JdbcPaymentLog(JdbcClient jdbc, Sequences sequences) {
        this.jdbc = jdbc;
        this.sequences = sequences;
    }

    @Override
    public boolean advance(Payment payment, long sequence) {
        return sequences.advance(CONSUMER, payment.id().toString(), sequence);
    }

    @Override
    public void add(OrderId order, PaymentNote note) {
        jdbc.sql(ADD)
                .param("orderId", order.value())
                .param("paymentId", note.paymentId())
                .param("kind", note.kind().name())
                .param("code", shortened(note.code(), MAX_CODE_LENGTH))
                .param("message", shortened(note.message(), MAX_MESSAGE_LENGTH))
                .param("notedAt", note.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public List<PaymentNote> failures(OrderId order) {
        return jdbc.sql(FAILURES)
                .param("orderId", order.value())
                .query((row, _) -> new PaymentNote(
                        PaymentNote.Kind.valueOf(row.getString("kind")),
                        row.getObject("payment_id", UUID.class),
                        row.getString("code"),
                        row.getString("message"),
                        row.getObject("noted_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** A foreign text may be of any length; losing its tail beats losing the note. */
    private static @Nullable String shortened(@Nullable String text, int max) {
        return text == null ? null : Text.cut(text, max);
    }
}
