package dev.wonflow.sandbox.instrument;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.institution.Bank;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An account a refund goes to.
 *
 * @param accountNumber digits only, at most 20
 * @param holderName at most 60 characters
 */
public record RefundAccount(Bank bank, String accountNumber, String holderName) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}");
    private static final int LONGEST_HOLDER = 60;

    /**
     * Reads one that money can go to.
     *
     * @param bank code, Korean or English name
     * @throws Refused if something is missing, there is no such bank, or the number has anything but digits
     */
    public static RefundAccount of(@Nullable String bank, @Nullable String accountNumber, @Nullable String holderName) {
        if (bank == null || accountNumber == null || holderName == null) {
            throw new Refused(TossError.INVALID_REFUND_ACCOUNT_INFO);
        }
        Bank named = Bank.named(bank).orElseThrow(() -> new Refused(TossError.INVALID_BANK));
        // That also keeps out the numbers of test accounts, which begin with X and are often pasted here.
        if (!NUMBER.matcher(accountNumber).matches()) {
            throw new Refused(TossError.INVALID_REFUND_ACCOUNT_NUMBER);
        }
        if (holderName.isBlank() || holderName.length() > LONGEST_HOLDER) {
            throw new Refused(TossError.INVALID_REFUND_ACCOUNT_INFO);
        }
        return new RefundAccount(named, accountNumber, holderName);
    }
}
