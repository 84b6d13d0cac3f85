package dev.wonflow.payment.gateway.toss;

import dev.wonflow.payment.Text;
import dev.wonflow.payment.gateway.BillingKey;
import dev.wonflow.payment.gateway.IssueOutcome;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads Toss's billing object. What is only shown may be missing; a key that cannot be read makes it no answer. */
final class TossBillingJson {

    private static final int MAX_CUSTOMER_KEY = 300;
    private static final int MAX_SHOWN = 50;
    private static final int LEAST_HIDDEN = 3;
    private static final Pattern NUMBER = Pattern.compile("[0-9*-]{4,30}");

    private TossBillingJson() {}

    /** Empty if the document is no billing object. */
    static Optional<IssueOutcome.Issued> read(JsonNode billing) {
        String key = text(billing, "billingKey", 200);
        String customerKey = text(billing, "customerKey", MAX_CUSTOMER_KEY);
        String method = text(billing, "method", MAX_SHOWN);
        return key == null || customerKey == null || method == null
                ? Optional.empty()
                : Optional.of(new IssueOutcome.Issued(new BillingKey(key), customerKey, face(billing, method)));
    }

    private static IssueOutcome.Face face(JsonNode billing, String method) {
        JsonNode card = billing.path("card");
        if (card.isObject()) {
            return new IssueOutcome.Face(
                    method,
                    text(card, "issuerCode", MAX_SHOWN),
                    masked(text(card, "number", MAX_SHOWN)),
                    text(card, "cardType", MAX_SHOWN));
        }
        // A list, unlike the transfer of a payment.
        JsonNode account = billing.path("transfers").path(0);
        return new IssueOutcome.Face(
                method,
                text(account, "bankName", MAX_SHOWN),
                masked(text(account, "bankAccountNumber", MAX_SHOWN)),
                null);
    }

    /** Toss masks what it sends; should it ever not, it is not kept. */
    private static @Nullable String masked(@Nullable String number) {
        boolean hidden = number != null
                && NUMBER.matcher(number).matches()
                && number.chars().filter(character -> character == '*').count() >= LEAST_HIDDEN;
        return hidden ? number : null;
    }

    private static @Nullable String text(JsonNode node, String field, int max) {
        JsonNode value = node.path(field);
        return value.isString() && Text.isFit(value.stringValue(), max) ? value.stringValue() : null;
    }
}
