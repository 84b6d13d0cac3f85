package dev.wonflow.subscription.taxinvoice.messaging;

import dev.wonflow.inbox.UnreadableMessage;
import dev.wonflow.subscription.taxinvoice.Evidence;
import dev.wonflow.web.json.Complaint;
import dev.wonflow.web.json.StrictJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What a message about a payment says of its evidence. */
sealed interface EvidenceBody {

    /** How a plan was paid for, or that an account was charged for it. */
    record Method(String paymentId, String method) implements EvidenceBody {}

    /** There is a cash receipt. It stays the proof when a part of it is taken back; a whole one goes with its money. */
    record CashReceipt(String paymentId) implements EvidenceBody {}

    /** Nothing. */
    record None() implements EvidenceBody {}

    /**
     * Reads a message. A paid payment that is unreadable says nothing here: whoever counts payments puts it with the
     * dead letters, and one is enough.
     *
     * @throws UnreadableMessage if it is of a cash receipt, and not what its contract says
     */
    static EvidenceBody read(String type, byte @Nullable [] body) {
        return switch (type) {
            case "payment.paid.v1" -> payment(body);
            case "payment.cash-receipt-changed.v1" -> Body.read(body).receipt();
            default -> new None();
        };
    }

    private static EvidenceBody payment(byte @Nullable [] body) {
        try {
            return Body.read(body).payment();
        } catch (UnreadableMessage _) {
            return new None();
        }
    }

    /** Only what decides; the contracts have more fields. */
    record Body(
            @Nullable String paymentId,
            @Nullable String orderId,
            @Nullable String plan,
            @Nullable String method,
            @Nullable String transactionType,
            @Nullable String issueStatus) {

        private static final JsonMapper JSON = StrictJson.mapper();
        private static final String CHARGE = "chg_";
        private static final int MAX_METHOD = 50;
        private static final int MAX_ID = 100;

        static Body read(byte @Nullable [] body) {
            try {
                Body read = body == null ? null : JSON.readValue(body, Body.class);
                if (read == null) {
                    throw new UnreadableMessage("body: missing");
                }
                return read;
            } catch (JacksonException e) {
                throw new UnreadableMessage(Complaint.about(e), e);
            }
        }

        /**
         * Goods, and what nobody told the method of, decide nothing here. Of charges only transfers are told: the
         * others are cards, and there are many of them.
         */
        EvidenceBody payment() {
            if (method == null || method.isBlank() || method.length() > MAX_METHOD) {
                return new None();
            }
            boolean isTransferredCharge = orderId != null && orderId.startsWith(CHARGE) && Evidence.isTransfer(method);
            return plan != null || isTransferredCharge ? new Method(id(), method) : new None();
        }

        EvidenceBody receipt() {
            return "COMPLETED".equals(issueStatus) && "CONFIRM".equals(transactionType)
                    ? new CashReceipt(id())
                    : new None();
        }

        private String id() {
            if (paymentId == null || paymentId.isBlank() || paymentId.length() > MAX_ID) {
                throw new UnreadableMessage(
                        "paymentId: missing or too long (expected: 1 to " + MAX_ID + " characters)");
            }
            return paymentId;
        }
    }
}
