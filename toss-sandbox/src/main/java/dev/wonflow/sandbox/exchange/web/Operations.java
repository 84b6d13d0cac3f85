package dev.wonflow.sandbox.exchange.web;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.exchange.OrderLookup;
import dev.wonflow.sandbox.fault.Fault.Operation;
import dev.wonflow.sandbox.fault.Subject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tells what a call is and what it is about before anybody handles it. */
@Component
final class Operations {

    private final List<OrderLookup> orders;
    private final Assumptions assumptions;
    private final JsonMapper json;

    Operations(List<OrderLookup> orders, Assumptions assumptions, JsonMapper json) {
        this.orders = orders;
        this.assumptions = assumptions;
        this.json = json;
    }

    /** Empty for a path or method Toss does not have. */
    Optional<Operation> of(String method, String path) {
        String[] parts = path.split("/", -1);
        if (parts.length < 3) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                switch (method + " " + parts[1] + "/" + parts[2]) {
                    case "GET v1/payments" -> Operation.INQUIRY;
                    case "POST v1/payments" -> ofPayment(parts);
                    case "POST v1/virtual-accounts" -> Operation.VIRTUAL_ACCOUNT;
                    case "POST v1/billing" -> parts.length == 5 ? Operation.BILLING_ISSUE : Operation.BILLING_CHARGE;
                    case "DELETE v1/billing" -> Operation.BILLING_DELETE;
                    case "GET v1/transactions" -> Operation.TRANSACTIONS;
                    case "GET v1/settlements", "POST v1/settlements" -> Operation.SETTLEMENTS;
                    case "POST v1/cash-receipts" ->
                        parts.length == 5 ? Operation.CASH_RECEIPT_CANCEL : Operation.CASH_RECEIPT;
                    case "GET v1/cash-receipts" -> Operation.CASH_RECEIPT_LIST;
                    case "GET v1/promotions" -> Operation.PROMOTIONS;
                    case "GET v2/sellers", "POST v2/sellers", "DELETE v2/sellers" -> Operation.SELLERS;
                    case "GET v2/balances" -> Operation.BALANCES;
                    case "GET v2/payouts", "POST v2/payouts" -> Operation.PAYOUTS;
                    default -> null;
                });
    }

    private @Nullable Operation ofPayment(String[] parts) {
        if (parts.length == 3) {
            return Operation.OPEN;
        }
        if (parts.length == 4) {
            return switch (parts[3]) {
                case "confirm" -> Operation.CONFIRM;
                case "key-in" -> Operation.KEY_IN;
                default -> assumptions.confirmByOlderPath() ? Operation.CONFIRM : null;
            };
        }
        return parts.length == 5 && parts[4].equals("cancel") ? Operation.CANCEL : null;
    }

    /** What the call says it is about, in its path and body; what it does not say is looked up. */
    Subject subject(Operation operation, HttpServletRequest request, byte[] body, @Nullable String idempotencyKey) {
        String[] parts = request.getRequestURI().split("/", -1);
        boolean byOrder = parts.length == 5 && parts[3].equals("orders");
        String inPath = !byOrder && isKeyInPath(operation, parts) ? decoded(parts[3]) : null;
        JsonNode said = read(body);
        String paymentKey = inPath == null ? text(said, "paymentKey") : inPath;
        String orderId = byOrder ? decoded(parts[4]) : text(said, "orderId");
        String named = operation == Operation.CASH_RECEIPT_CANCEL ? decoded(parts[3]) : paymentKey;
        if (orderId == null && named != null) {
            orderId = orders.stream()
                    .flatMap(lookup -> lookup.orderIdOf(named).stream())
                    .findFirst()
                    .orElse(null);
        }
        return new Subject(operation, orderId, paymentKey, idempotencyKey, null);
    }

    private static boolean isKeyInPath(Operation operation, String[] parts) {
        return operation == Operation.CANCEL
                || (operation == Operation.INQUIRY && parts.length > 3)
                || (operation == Operation.CONFIRM && !parts[3].equals("confirm"));
    }

    private JsonNode read(byte[] body) {
        try {
            return json.readTree(body);
        } catch (JacksonException _) {
            // The handler of the call says what is wrong with it.
            return json.createObjectNode();
        }
    }

    private static @Nullable String text(JsonNode said, String field) {
        JsonNode value = said.path(field);
        return value.isString() || value.isIntegralNumber() ? value.asString() : null;
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return part;
        }
    }
}
