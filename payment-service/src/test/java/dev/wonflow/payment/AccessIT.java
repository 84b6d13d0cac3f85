package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.testsupport.access.AttackOnEveryRoute;
import dev.wonflow.testsupport.access.RawHttp;
import dev.wonflow.testsupport.access.TokenIssuer;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@WithPaymentService
class AccessIT extends AttackOnEveryRoute {

    private static final String[] ALL = {"checkout:write", "tenant:billing", "tenant:billing:read", "order:fulfil"};

    @Override
    protected Map<String, Set<String>> routes() {
        return Map.ofEntries(
                Map.entry("POST /api/payments/toss/order", Set.of("tenant:billing")),
                Map.entry("POST /api/payments/toss/confirm", Set.of("checkout:write", "tenant:billing")),
                Map.entry("POST /api/payments/toss/fail", Set.of("checkout:write", "tenant:billing")),
                Map.entry("POST /api/payments/{id}/virtual-account", Set.of("checkout:write", "tenant:billing")),
                Map.entry("GET /api/payments/{id}/virtual-account", Set.of("checkout:write", "tenant:billing:read")),
                Map.entry("POST /api/payments/{id}/cancel", Set.of("order:fulfil")),
                Map.entry("POST /api/payments/{id}/cash-receipt", Set.of("order:fulfil")),
                Map.entry("GET /api/refunds/awaiting-approval", Set.of("order:fulfil")),
                Map.entry("POST /api/refunds/{id}/approve", Set.of("order:fulfil")),
                Map.entry("POST /api/refunds/{id}/reject", Set.of("order:fulfil")),
                Map.entry("GET /api/payments", Set.of("tenant:billing:read")),
                Map.entry("GET /api/payments.csv", Set.of("tenant:billing:read")),
                Map.entry("GET /api/payments/{id}", Set.of("tenant:billing:read")),
                Map.entry("GET /api/payments/lookup", Set.of("checkout:write", "tenant:billing:read")),
                Map.entry("POST /api/billing-methods/toss/window", Set.of("tenant:billing")),
                Map.entry("POST /api/billing-methods", Set.of("tenant:billing")),
                Map.entry("GET /api/billing-methods", Set.of("tenant:billing:read")),
                Map.entry("GET /api/billing-methods/{id}", Set.of("tenant:billing:read")),
                Map.entry("DELETE /api/billing-methods/{id}", Set.of("tenant:billing")),
                Map.entry("POST /api/billing-methods/import", Set.of("operator:import")),
                Map.entry("POST /api/payments/{id}/look", Set.of("order:fulfil", "tenant:billing")),
                Map.entry("POST /api/reconciliation/payments/{id}/look", Set.of("operator:reconciliation")),
                Map.entry("POST /api/reconciliation/cash-receipts/{id}/end", Set.of("operator:reconciliation")),
                Map.entry("GET /api/ledger/export", Set.of("operator:ledger")),
                Map.entry("GET /api/reconciliation/cases", Set.of("operator:reconciliation")),
                Map.entry("GET /api/reconciliation/days", Set.of("operator:reconciliation")),
                Map.entry("POST /api/reconciliation/cases/{id}/explain", Set.of("operator:reconciliation")));
    }

    @Test
    @Tag("F6")
    void payment_of_another_tenant_is_answered_as_one_that_does_not_exist() {
        String acme = TokenIssuer.shared().token("acme", ALL);
        String globex = TokenIssuer.shared().token("globex", ALL);
        JsonNode opened = send("POST", "/api/payments/toss/order", acme, "{\"amount\":33000}")
                .json();
        String order = opened.get("orderId").stringValue();
        String nobodys = anotherLike(order);
        String payment = opened.get("paymentId").stringValue();
        String another = anotherLike(payment);

        // So young that one nobody placed is answered as one still on its way.
        same(503, lookup(order, globex), order, lookup(nobodys, globex), nobodys);
        same(404, lookup(payment, globex), payment, lookup(another, globex), another);
        for (String step : new String[] {"confirm", "fail"}) {
            same(503, step(step, order, globex), order, step(step, nobodys, globex), nobodys);
        }
        assertThat(lookup(order, acme).json().get("status").stringValue()).isEqualTo("requested");
    }

    /** An id of the same moment. */
    private static String anotherLike(String id) {
        return id.substring(0, id.length() - 1) + (id.endsWith("0") ? "1" : "0");
    }

    private static void same(int status, RawHttp.Answer foreign, String id, RawHttp.Answer unknown, String nobodys) {
        assertThat(foreign.status()).as(foreign.body()).isEqualTo(status);
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
