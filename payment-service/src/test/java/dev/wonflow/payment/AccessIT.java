package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.testsupport.access.AttackedService;
import dev.wonflow.testsupport.access.RawHttp;
import dev.wonflow.testsupport.access.TokenIssuer;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@WithPaymentService
class AccessIT extends AttackedService {

    /** Made long ago by its form, so nobody waits for it. */
    private static final String NOBODYS = "ord_019b8c18e38073c4af0b6d4c8e91a0ff";

    private static final String[] ALL = {"checkout:write", "tenant:billing", "tenant:billing:read"};

    @Override
    protected Map<String, Set<String>> routes() {
        return Map.of(
                "POST /api/payments/toss/order", Set.of("tenant:billing"),
                "POST /api/payments/toss/confirm", Set.of("checkout:write", "tenant:billing"),
                "POST /api/payments/toss/fail", Set.of("checkout:write", "tenant:billing"),
                "GET /api/payments/lookup", Set.of("checkout:write", "tenant:billing:read"));
    }

    @Test
    void payment_of_another_tenant_is_answered_as_one_that_does_not_exist() {
        String acme = TokenIssuer.shared().token("acme", ALL);
        String globex = TokenIssuer.shared().token("globex", ALL);
        JsonNode opened = send("POST", "/api/payments/toss/order", acme, "{\"amount\":33000}")
                .json();
        String order = opened.get("orderId").stringValue();
        String payment = opened.get("paymentId").stringValue();
        String another = "019b8c18-e380-73c4-af0b-6d4c8e91a0ff";

        same(lookup(order, globex), order, lookup(NOBODYS, globex), NOBODYS);
        same(lookup(payment, globex), payment, lookup(another, globex), another);
        for (String step : new String[] {"confirm", "fail"}) {
            same(step(step, order, globex), order, step(step, NOBODYS, globex), NOBODYS);
        }
        assertThat(lookup(order, acme).json().get("status").stringValue()).isEqualTo("requested");
    }

    private static void same(RawHttp.Answer foreign, String id, RawHttp.Answer unknown, String nobodys) {
        assertThat(foreign.status()).as(foreign.body()).isEqualTo(404);
        assertSame(foreign, id, unknown, nobodys);
    }

    private RawHttp.Answer lookup(String id, String token) {
        return send("GET", "/api/payments/lookup?id=" + id, token, "");
    }

    private RawHttp.Answer step(String step, String order, String token) {
        return send(
                "POST",
                "/api/payments/toss/" + step,
                token,
                "{\"orderId\":\"%s\",\"paymentKey\":\"wonfl20260105120500zZ9y8\",\"amount\":33000,\"code\":\"X\"}"
                        .formatted(order));
    }
}
