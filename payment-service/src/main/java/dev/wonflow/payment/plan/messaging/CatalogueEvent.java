package dev.wonflow.payment.plan.messaging;

import dev.wonflow.inbox.UnreadableMessage;
import dev.wonflow.money.Money;
import dev.wonflow.payment.Text;
import dev.wonflow.payment.plan.PlanPrice;
import dev.wonflow.web.json.Complaint;
import dev.wonflow.web.json.StrictJson;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is read of an event of the catalogue; the contract has more fields.
 *
 * @param amount of {@code plan.priced.v1} only
 */
record CatalogueEvent(
        @Nullable String planId,
        @Nullable Long version,
        @Nullable Long amount,
        @Nullable String currency) {

    private static final int MAX_PLAN_LENGTH = 100;

    private static final JsonMapper JSON = StrictJson.mapper();

    /**
     * Reads an event.
     *
     * @return empty if the type is not known here
     * @throws UnreadableMessage if the type is known and the body is not what its contract says
     */
    static Optional<PlanPrice> read(String type, byte @Nullable [] body) {
        return switch (type) {
            case "plan.priced.v1" -> {
                CatalogueEvent event = parse(body);
                yield Optional.of(new PlanPrice(event.plan(), event.price(), event.checkedVersion()));
            }
            case "plan.withdrawn.v1" -> {
                CatalogueEvent event = parse(body);
                yield Optional.of(new PlanPrice(event.plan(), null, event.checkedVersion()));
            }
            default -> Optional.empty();
        };
    }

    private static CatalogueEvent parse(byte @Nullable [] body) {
        try {
            return required("body", body == null ? null : JSON.readValue(body, CatalogueEvent.class));
        } catch (JacksonException e) {
            throw new UnreadableMessage(Complaint.about(e), e);
        }
    }

    private String plan() {
        String plan = required("planId", planId);
        if (!Text.isFit(plan, MAX_PLAN_LENGTH) || plan.chars().anyMatch(Character::isISOControl)) {
            throw new UnreadableMessage("planId: " + plan.codePointCount(0, plan.length())
                    + " characters (expected: 1 to " + MAX_PLAN_LENGTH + ", printable)");
        }
        return plan;
    }

    private long checkedVersion() {
        long checked = required("version", version);
        if (checked < 1) {
            throw new UnreadableMessage("version: " + checked + " (expected: 1 or more)");
        }
        return checked;
    }

    private Money price() {
        if (!Money.CURRENCY.equals(currency)) {
            throw new UnreadableMessage("currency: another one (expected: " + Money.CURRENCY + ")");
        }
        long won = required("amount", amount);
        if (won < 1) {
            throw new UnreadableMessage("amount: " + won + " (expected: 1 or more)");
        }
        return Money.ofWon(won);
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new UnreadableMessage(field + ": missing (expected: the contract)");
        }
        return value;
    }
}
