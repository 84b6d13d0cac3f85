package dev.wonflow.payment.gateway;

import dev.wonflow.payment.Text;
import java.util.regex.Pattern;

/**
 * The buyer's account that a deposit goes back to. Cannot be printed.
 *
 * @param bank as Toss takes it: two characters, or a name
 * @param accountNumber digits only
 * @param holderName 1 to 60 characters; Toss compares it with the bank's
 */
public record RefundAccount(String bank, String accountNumber, String holderName) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}");
    private static final int SHOWN = 4;
    private static final int MAX_BANK = 30;
    private static final int MAX_HOLDER = 60;

    public RefundAccount {
        Text.require("refundReceiveAccount.bank", bank, MAX_BANK);
        Text.require("refundReceiveAccount.holderName", holderName, MAX_HOLDER);
        if (!NUMBER.matcher(accountNumber).matches()) {
            throw new IllegalArgumentException("refundReceiveAccount.accountNumber: " + accountNumber.length()
                    + " characters (expected: 1 to 20 digits)");
        }
    }

    /** The number with nothing but its last four digits, and none of one that has no more. */
    public String maskedNumber() {
        int shown = accountNumber.length() > SHOWN ? SHOWN : 0;
        int hidden = accountNumber.length() - shown;
        return "*".repeat(hidden) + accountNumber.substring(hidden);
    }

    @Override
    public String toString() {
        return "***";
    }
}
