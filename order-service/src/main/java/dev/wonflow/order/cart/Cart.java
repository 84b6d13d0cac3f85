package dev.wonflow.order.cart;

import dev.wonflow.money.Money;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer wants to pay for.
 *
 * @param items in the order the buyer filled the cart; 1 to 100
 * @param plan subscription plan being bought, or none
 * @param customerId the shop's id of the buyer, or none
 */
public record Cart(
        List<Item> items, @Nullable String plan, @Nullable String customerId) {

    public static final int MAX_ITEMS = 100;
    public static final int MAX_PLAN_LENGTH = 100;
    public static final int MAX_CUSTOMER_ID_LENGTH = 100;

    /** Card companies take no payment below this (Toss answers {@code BELOW_MINIMUM_AMOUNT}). */
    public static final Money MINIMUM = Money.ofWon(100);

    /** Toss takes order names of at most 100 characters. */
    private static final int MAX_NAME_LENGTH = 100;

    /** All items together must fit into one event of at most 64 KiB; the rest of the event needs less than 24. */
    private static final int MAX_TEXT_BYTES = 40_000;

    public Cart {
        items = List.copyOf(items);
        if (items.isEmpty() || items.size() > MAX_ITEMS) {
            throw new InvalidField("items", items.size() + " items", "1 to " + MAX_ITEMS);
        }
        if (plan != null) {
            Text.require("plan", plan, MAX_PLAN_LENGTH);
        }
        if (customerId != null) {
            Text.require("customerId", customerId, MAX_CUSTOMER_ID_LENGTH);
        }
        int bytes = items.stream()
                .mapToInt(item -> bytesInJson(item.sku()) + bytesInJson(item.name()))
                .sum();
        if (bytes > MAX_TEXT_BYTES) {
            throw new InvalidField("items", bytes + " bytes of text", "at most " + MAX_TEXT_BYTES);
        }
        Money total = total(items);
        if (total.isLessThan(MINIMUM)) {
            throw new InvalidField("amount", total.won(), "the card minimum of " + MINIMUM.won() + " won or more");
        }
    }

    /** Sum of the items (총액). */
    public Money total() {
        return total(items);
    }

    /**
     * Short name for payment window and receipts: {@code 머그컵} for one item, {@code 머그컵 외 2건} for three. At most 100
     * UTF-16 units; a longer name is cut between two characters.
     */
    public String name() {
        String more = items.size() == 1 ? "" : " 외 " + (items.size() - 1) + "건";
        String first = items.getFirst().name().strip();
        if (first.length() + more.length() <= MAX_NAME_LENGTH) {
            return first + more;
        }
        int end = MAX_NAME_LENGTH - more.length() - 1;
        if (Character.isHighSurrogate(first.charAt(end - 1))) {
            end--;
        }
        return first.substring(0, end) + "…" + more;
    }

    /**
     * Checks the total another system expects.
     *
     * @throws InvalidField if the total differs
     */
    public void requireTotal(long won) {
        if (won != total().won()) {
            throw new InvalidField("amount", won, total().won() + ", the sum of the items");
        }
    }

    private static Money total(List<Item> items) {
        return items.stream().map(Item::price).reduce(Money.ZERO, Money::plus);
    }

    /** Quotation marks and backslashes double in JSON; control characters are refused before. */
    private static int bytesInJson(String text) {
        long escaped = text.chars().filter(c -> c == '"' || c == '\\').count();
        return text.getBytes(StandardCharsets.UTF_8).length + (int) escaped;
    }
}
