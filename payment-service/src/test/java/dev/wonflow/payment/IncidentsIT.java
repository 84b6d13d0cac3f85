package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.incident.Incidents;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.Payments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@WithPaymentService
@ExtendWith(OutputCaptureExtension.class)
class IncidentsIT {

    private final Driver driver;
    private final Incidents incidents;
    private final Payments payments;

    @Autowired
    IncidentsIT(Driver driver, Incidents incidents, Payments payments) {
        this.driver = driver;
        this.incidents = incidents;
        this.payments = payments;
    }

    @Test
    void incident_that_goes_on_is_one_row_and_one_error(CapturedOutput output) {
        OrderId order = driver.aPlacedOrder();
        Payment payment = payments.findByPurchaseOrderId(order).orElseThrow();

        for (int i = 0; i < 5; i++) {
            incidents.report(new Incident(
                    payment.id(), Incident.Kind.ANSWER_CONTRADICTS, "amount: " + i + " KRW", payment.requestedAt()));
        }

        assertThat(driver.texts(
                        "SELECT times || ' ' || detail FROM reported_incident JOIN payment ON payment.id::text = about"
                                + " WHERE order_id = ?",
                        order))
                .containsExactly("5 amount: 4 KRW");
        assertThat(output.getAll().lines())
                .filteredOn(line -> line.contains(payment.id().toString()) && line.contains("ERROR"))
                .hasSize(1);
    }
}
