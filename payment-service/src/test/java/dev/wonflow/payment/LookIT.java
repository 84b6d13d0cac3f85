package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.payment.gateway.toss.TossStub;
import dev.wonflow.testsupport.access.TokenIssuer;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** Who wants to know how a payment stands has Toss asked. */
@WithPaymentService
class LookIT {

    private final Driver driver;
    private final TossStub toss;
    private final MeterRegistry meters;
    private final Environment environment;

    @Autowired
    LookIT(Driver driver, TossStub toss, MeterRegistry meters, Environment environment) {
        this.driver = driver;
        this.toss = toss;
        this.meters = meters;
        this.environment = environment;
    }

    @Test
    void cancel_in_the_console_that_no_webhook_told_of_is_taken_in_by_a_look() {
        OrderId order = paid();
        toss.cancelInConsole(keyOf(order), 1_000);

        Driver.Answer looked = driver.lookLater(order).join();

        assertThat(looked.status()).isEqualTo(200);
        assertThat(looked.text("status")).isEqualTo("partially_refunded");
        assertThat(looked.body().path("balanceAmount").longValue()).isEqualTo(Driver.AMOUNT - 1_000);
        assertThat(driver.published(order)).endsWith("payment.partially-refunded.v1");
    }

    @Test
    void look_while_nothing_is_certain_is_answered_202_and_a_status_check_goes_on() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        CountDownLatch answer = new CountDownLatch(1);
        toss.next(order, new TossStub.Fault.Held(answer, new TossStub.Fault.Slow(Duration.ZERO)));
        CompletableFuture<Driver.Answer> confirm = driver.confirmLater(order, key, Driver.AMOUNT);
        try {
            driver.awaitStatus(order, "CONFIRMING");

            Driver.Answer looked = driver.lookLater(order).join();

            assertThat(looked.status()).isEqualTo(202);
            assertThat(looked.text("status")).isEqualTo("confirming");
            assertThat(meters.get("wonflow.confirm.open.age").gauge().value()).isPositive();
        } finally {
            answer.countDown();
        }
        assertThat(confirm.join().status()).isEqualTo(200);
        driver.awaitStatus(order, "PAID");
        assertThat(toss.confirms(order)).hasSize(1);
        assertThat(meters.get("wonflow.confirm.age").timer().count()).isPositive();
    }

    @Test
    void operator_looks_at_a_payment_of_any_tenant() {
        OrderId order = paid();
        toss.cancelInConsole(keyOf(order), Driver.AMOUNT);

        assertThat(lookAsOperator(order.value()).body()).contains("\"refunded\"");
        assertThat(lookAsOperator("ord_nobody_has_it"))
                .returns(404, HttpResponse::statusCode)
                .satisfies(answer -> assertThat(answer.body()).contains("payment.not-found"));
        driver.awaitStatus(order, "REFUNDED");
    }

    private OrderId paid() {
        OrderId order = driver.aPlacedOrder();
        assertThat(driver.confirm(order, toss.authenticated(order, Driver.AMOUNT))
                        .status())
                .isEqualTo(200);
        return order;
    }

    private PaymentKey keyOf(OrderId order) {
        return new PaymentKey(driver.texts("SELECT payment_key FROM payment WHERE order_id = ?", order)
                .getFirst());
    }

    private HttpResponse<String> lookAsOperator(String id) {
        String token = TokenIssuer.shared()
                .token()
                .with("sub", "kim")
                .permissions("operator:reconciliation")
                .signed();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + environment.getProperty("local.server.port")
                                + "/api/reconciliation/payments/" + id + "/look"))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient()
                .sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .join();
    }
}
