package dev.wonflow.order.cart;

import dev.wonflow.money.Money;

/**
 * One line of a cart.
 *
 * @param sku seller's own number of the article; at most 100 characters
 * @param name what the buyer knows the article by; at most 200 characters
 * @param unitPrice price of one piece, tax included; 1 to 1,000,000,000 won
 * @param quantity pieces; 1 to 10,000
 */
public record Item(String sku, String name, Money unitPrice, int quantity) {

    public static final int MAX_SKU_LENGTH = 100;
    public static final int MAX_NAME_LENGTH = 200;
    public static final long MAX_UNIT_PRICE_WON = 1_000_000_000;
    public static final int MAX_QUANTITY = 10_000;

    public Item {
        Text.require("sku", sku, MAX_SKU_LENGTH);
        Text.require("name", name, MAX_NAME_LENGTH);
        if (unitPrice.isZero() || unitPrice.won() > MAX_UNIT_PRICE_WON) {
            throw new InvalidField("unitPrice", unitPrice.won(), "whole won, 1 to " + MAX_UNIT_PRICE_WON);
        }
        if (quantity < 1 || quantity > MAX_QUANTITY) {
            throw new InvalidField("quantity", quantity, "whole number, 1 to " + MAX_QUANTITY);
        }
    }

    public Money price() {
        return unitPrice.times(quantity);
    }
}
