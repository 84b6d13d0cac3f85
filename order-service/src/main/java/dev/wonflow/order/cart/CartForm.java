package dev.wonflow.order.cart;

import dev.wonflow.money.Money;
import dev.wonflow.web.statement.Field;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A cart as others write it, over HTTP and Kafka alike. Anything may be missing or impossible until it was checked.
 *
 * @param plan id of the plan that is bought
 * @param customerId the shop's id of the buyer
 * @param amount what the items cost together, if the writer knows
 * @param currency of all prices
 */
public record CartForm(
        @Field(required = true, min = 1, max = Cart.MAX_ITEMS) @Nullable
        List<@Nullable ItemForm> items,

        @Field(max = Cart.MAX_PLAN_LENGTH) @Nullable String plan,

        @Field(max = Cart.MAX_CUSTOMER_ID_LENGTH, example = "buyer-4711") @Nullable
        String customerId,

        @Field(won = true, min = 100, example = "24000") @Nullable
        Long amount,

        @Field(only = Money.CURRENCY) @Nullable String currency) {

    private static final String ITEMS = "items";
    private static final String ANY_ITEMS = "list of 1 to " + Cart.MAX_ITEMS + " objects";

    /**
     * Checks everything and makes the cart.
     *
     * @throws InvalidField if something in it cannot be sold
     */
    public Cart cart() {
        if (currency != null) {
            requireWon(currency);
        }
        if (items == null) {
            throw new InvalidField(ITEMS, "missing", ANY_ITEMS);
        }
        if (items.isEmpty() || items.size() > Cart.MAX_ITEMS) {
            throw new InvalidField(ITEMS, items.size() + " elements", ANY_ITEMS);
        }
        Cart cart = new Cart(
                IntStream.range(0, items.size())
                        .mapToObj(place -> item(items.get(place), ITEMS + "[" + place + "]"))
                        .toList(),
                plan,
                customerId);
        if (amount != null) {
            cart.requireTotal(amount);
        }
        return cart;
    }

    /**
     * Checks a currency.
     *
     * @throws InvalidField if it is missing or not {@code KRW}
     */
    public static void requireWon(@Nullable String currency) {
        String given = Text.require("currency", currency, 100);
        if (!given.equals(Money.CURRENCY)) {
            throw new InvalidField("currency", given, Money.CURRENCY);
        }
    }

    private static Item item(@Nullable ItemForm form, String place) {
        if (form == null) {
            throw new InvalidField(place, "null", "object");
        }
        try {
            return form.item();
        } catch (InvalidField e) {
            throw e.within(place);
        }
    }

    /**
     * One line of a cart as others write it.
     *
     * @param sku the shop's own number of the article
     * @param name what the buyer knows the article by
     * @param unitPrice price of one piece, tax included
     * @param quantity pieces
     */
    public record ItemForm(
            @Field(required = true, max = Item.MAX_SKU_LENGTH, example = "mug-01") @Nullable
            String sku,

            @Field(required = true, max = Item.MAX_NAME_LENGTH, example = "머그컵") @Nullable
            String name,

            @Field(required = true, won = true, min = 1, max = Item.MAX_UNIT_PRICE_WON, example = "12000") @Nullable
            Long unitPrice,

            @Field(required = true, min = 1, max = Item.MAX_QUANTITY, example = "2") @Nullable
            Long quantity) {

        private static final String ANY_WON = "whole won, 1 to " + Item.MAX_UNIT_PRICE_WON;
        private static final String ANY_QUANTITY = "whole number, 1 to " + Item.MAX_QUANTITY;

        private Item item() {
            return new Item(
                    Text.require("sku", sku, Item.MAX_SKU_LENGTH),
                    Text.require("name", name, Item.MAX_NAME_LENGTH),
                    Money.ofWon(between("unitPrice", unitPrice, Item.MAX_UNIT_PRICE_WON, ANY_WON)),
                    (int) between("quantity", quantity, Item.MAX_QUANTITY, ANY_QUANTITY));
        }

        private static long between(String field, @Nullable Long number, long max, String expected) {
            if (number == null) {
                throw new InvalidField(field, "missing", expected);
            }
            if (number < 1 || number > max) {
                throw new InvalidField(field, number, expected);
            }
            return number;
        }
    }
}
