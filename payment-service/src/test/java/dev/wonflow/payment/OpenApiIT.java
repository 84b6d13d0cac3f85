package dev.wonflow.payment;

import dev.wonflow.openapi.OpenApiContract;
import org.springframework.context.ApplicationContext;

@WithPaymentService
class OpenApiIT extends OpenApiContract {

    OpenApiIT(ApplicationContext service) {
        super(
                service,
                "Wonflow payments",
                "Payments with Toss Payments, from opening one to giving its money back, and the cards a tenant is billed"
                        + " with.");
    }
}
