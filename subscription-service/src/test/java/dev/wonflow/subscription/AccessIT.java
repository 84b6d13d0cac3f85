package dev.wonflow.subscription;

import dev.wonflow.testsupport.access.AttackOnEveryRoute;
import dev.wonflow.testsupport.server.RealServers;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.test.context.SpringBootTest;

@RealServers
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AccessIT extends AttackOnEveryRoute {

    private static final Set<String> RENEWALS = Set.of("operator:renewals");
    private static final Set<String> READ = Set.of("tenant:billing:read");
    private static final Set<String> WRITE = Set.of("tenant:billing");
    private static final Set<String> CATALOGUE = Set.of("operator:catalogue");

    @Override
    protected Map<String, Set<String>> routes() {
        return Map.ofEntries(
                Map.entry("GET /api/tax-profile", READ),
                Map.entry("PUT /api/tax-profile", WRITE),
                Map.entry("GET /api/tax-invoices", READ),
                Map.entry("GET /api/tax-invoices/export", Set.of("operator:ledger")),
                Map.entry("GET /api/tax-invoices/amendments", Set.of("operator:ledger")),
                Map.entry("GET /api/entitlements", READ),
                Map.entry("GET /api/entitlements/{product}", READ),
                Map.entry("GET /api/billing-contact", READ),
                Map.entry("PUT /api/billing-contact", WRITE),
                Map.entry("GET /api/notices", READ),
                Map.entry("GET /api/plans", READ),
                Map.entry("GET /api/plans/{id}/versions", CATALOGUE),
                Map.entry("PUT /api/plans/{id}", CATALOGUE),
                Map.entry("POST /api/plans/{id}/withdraw", CATALOGUE),
                Map.entry("POST /api/plans/{id}/move-subscribers", CATALOGUE),
                Map.entry("GET /api/coupons", CATALOGUE),
                Map.entry("PUT /api/coupons/{code}", CATALOGUE),
                Map.entry("POST /api/coupons/{code}/withdraw", CATALOGUE),
                Map.entry("PUT /api/tenants/{tenant}/credit/{id}", CATALOGUE),
                Map.entry("GET /api/subscriptions", READ),
                Map.entry("POST /api/subscriptions", WRITE),
                Map.entry("GET /api/subscriptions/current", READ),
                Map.entry("GET /api/subscriptions/{product}", READ),
                Map.entry("GET /api/subscriptions/{product}/next-invoice", READ),
                Map.entry("GET /api/subscriptions/{product}/change-preview", READ),
                Map.entry("POST /api/subscriptions/{product}/change", WRITE),
                Map.entry("POST /api/subscriptions/{product}/change/undo", WRITE),
                Map.entry("POST /api/subscriptions/{product}/cancel", WRITE),
                Map.entry("POST /api/subscriptions/{product}/cancel/undo", WRITE),
                Map.entry("POST /api/subscriptions/{product}/reactivate", WRITE),
                Map.entry("POST /api/subscriptions/{product}/pause", WRITE),
                Map.entry("POST /api/subscriptions/{product}/resume", WRITE),
                Map.entry("POST /api/subscriptions/{product}/billing-method", WRITE),
                Map.entry("POST /api/subscriptions/{product}/coupon", WRITE),
                Map.entry("GET /api/subscriptions/{product}/coupons", READ),
                Map.entry("GET /api/invoices", READ),
                Map.entry("GET /api/invoices.csv", READ),
                Map.entry("GET /api/invoices/{id}", READ),
                Map.entry("GET /api/credit/{product}", READ),
                Map.entry("GET /api/credit-notes", READ),
                Map.entry("POST /api/subscriptions/import", Set.of("operator:import")),
                Map.entry("GET /api/invoices/overdue", READ),
                Map.entry("POST /api/invoices/{id}/pay-now", WRITE),
                Map.entry("GET /api/renewals", RENEWALS),
                Map.entry("POST /api/renewals/pause", RENEWALS),
                Map.entry("POST /api/renewals/resume", RENEWALS),
                Map.entry("GET /api/renewals/parked", RENEWALS),
                Map.entry("POST /api/renewals/parked/{id}/release", RENEWALS),
                Map.entry("GET /api/dunning-policies/default", RENEWALS),
                Map.entry("PUT /api/dunning-policies/default", RENEWALS),
                Map.entry("GET /api/dunning-policies/tenants/{tenantId}", RENEWALS),
                Map.entry("PUT /api/dunning-policies/tenants/{tenantId}", RENEWALS),
                Map.entry("DELETE /api/dunning-policies/tenants/{tenantId}", RENEWALS));
    }
}
