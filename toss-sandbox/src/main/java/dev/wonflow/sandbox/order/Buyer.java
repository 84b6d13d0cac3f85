package dev.wonflow.sandbox.order;

import org.jspecify.annotations.Nullable;

/**
 * What a merchant tells about a buyer; nothing of it is needed.
 *
 * @param customerKey id the merchant has for the buyer
 * @param name at most 100 characters
 * @param email at most 100 characters
 * @param mobilePhone 8 to 15 digits
 */
public record Buyer(
        @Nullable String customerKey,
        @Nullable String name,
        @Nullable String email,
        @Nullable String mobilePhone) {

    /** A buyer nothing is known of. */
    public static final Buyer UNKNOWN = new Buyer(null, null, null, null);

    /** A buyer of whom only the name is known, if at all. */
    public static Buyer named(@Nullable String name) {
        return new Buyer(null, name, null, null);
    }
}
