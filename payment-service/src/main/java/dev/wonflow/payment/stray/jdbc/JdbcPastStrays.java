package dev.wonflow.payment.stray.jdbc;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.payment.PastStrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stray captures as the history shows them. */
@Component
class JdbcPastStrays implements PastStrays {

    private static final String OF_PAYMENT =
            "SELECT * FROM stray_capture WHERE payment_id = :payment ORDER BY found_at, id";

    private final JdbcClient jdbc;

    JdbcPastStrays(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<PastStray> of(PaymentId id) {
        return jdbc.sql(OF_PAYMENT).param("payment", id.value()).query(JdbcStrayCaptures::stray).list().stream()
                .map(stray -> new PastStray(
                        stray.id().value(),
                        stray.paymentKey(),
                        stray.reason(),
                        stray.status().text(),
                        stray.amount(),
                        stray.origin(),
                        stray.code(),
                        stray.foundAt(),
                        stray.changedAt()))
                .toList();
    }
}
