package dev.wonflow.payment.gateway;

import dev.wonflow.payment.Text;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who a virtual account is opened for. Cannot be printed.
 *
 * @param name 1 to 100 characters; the buyer's bank shows it before the money is sent
 * @param mobilePhone 8 to 15 digits, to which Toss sends the account; {@code null} if it is to be told to nobody
 */
public record Buyer(String name, @Nullable String mobilePhone) {

    private static final Pattern PHONE = Pattern.compile("[0-9]{8,15}");

    /** The longest name, in characters. */
    public static final int MAX_NAME = 100;

    public Buyer {
        Text.require("customerName", name, MAX_NAME);
        if (mobilePhone != null && !PHONE.matcher(mobilePhone).matches()) {
            throw new IllegalArgumentException(
                    "customerMobilePhone: " + mobilePhone.length() + " characters (expected: 8 to 15 digits)");
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
