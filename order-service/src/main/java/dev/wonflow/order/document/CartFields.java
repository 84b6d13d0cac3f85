package dev.wonflow.order.document;

import dev.wonflow.money.Money;
import dev.wonflow.order.cart.Cart;
import dev.wonflow.order.cart.InvalidField;
import dev.wonflow.order.cart.Item;
import java.util.List;

/** Reads a cart, the same over HTTP and Kafka. */
public final class CartFields {

    private static final String ANY_WON = "whole won, 1 to " + Item.MAX_UNIT_PRICE_WON;
    private static final String ANY_QUANTITY = "whole number, 1 to " + Item.MAX_QUANTITY;

    private CartFields() {}

    /**
     * Reads and checks a cart.
     *
     * @throws InvalidField if something in it cannot be sold
     */
    public static Cart read(Fields fields) {
        List<Item> items = fields.list("items", Cart.MAX_ITEMS).stream()
                .map(CartFields::item)
                .toList();
        Cart cart = new Cart(
                items,
                fields.optionalText("plan", Cart.MAX_PLAN_LENGTH),
                fields.optionalText("customerId", Cart.MAX_CUSTOMER_ID_LENGTH));
        if (fields.has("amount")) {
            cart.requireTotal(fields.whole("amount", cart.total().won() + ", the sum of the items"));
        }
        return cart;
    }

    /**
     * Checks the currency.
     *
     * @throws InvalidField if it is missing or not {@code KRW}
     */
    public static void requireWon(Fields fields) {
        String currency = fields.text("currency", 100);
        if (!currency.equals(Money.CURRENCY)) {
            throw new InvalidField("currency", currency, Money.CURRENCY);
        }
    }

    private static Item item(Fields fields) {
        String sku = fields.text("sku", Item.MAX_SKU_LENGTH);
        String name = fields.text("name", Item.MAX_NAME_LENGTH);
        long unitPrice = fields.whole("unitPrice", ANY_WON);
        long quantity = fields.whole("quantity", ANY_QUANTITY);
        try {
            if (unitPrice < 0) {
                throw new InvalidField("unitPrice", unitPrice, ANY_WON);
            }
            if (quantity != (int) quantity) {
                throw new InvalidField("quantity", quantity, ANY_QUANTITY);
            }
            return new Item(sku, name, Money.ofWon(unitPrice), (int) quantity);
        } catch (InvalidField e) {
            throw e.within(fields.place());
        }
    }
}
