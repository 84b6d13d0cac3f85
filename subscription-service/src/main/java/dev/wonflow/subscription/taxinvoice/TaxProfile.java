package dev.wonflow.subscription.taxinvoice;

import dev.wonflow.subscription.notice.EmailAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A business as a tax invoice names it. The lengths are those of the National Tax Service's form, as far as they are
 * known (assumed).
 *
 * @param branch number of a place of business that is taxed together with others (종사업장번호), four digits; null: none
 * @param companyName 상호, at most 70 characters
 * @param representative 성명, at most 30
 * @param address 사업장주소, at most 150
 * @param businessType 업태, at most 40
 * @param businessItem 종목, at most 40
 * @param email where the tax office sends it
 */
public record TaxProfile(
        BusinessNumber number,
        @Nullable String branch,
        String companyName,
        String representative,
        @Nullable String address,
        @Nullable String businessType,
        @Nullable String businessItem,
        EmailAddress email) {

    public static final int MAX_COMPANY_NAME = 70;
    public static final int MAX_REPRESENTATIVE = 30;
    public static final int MAX_ADDRESS = 150;
    public static final int MAX_BUSINESS = 40;

    private static final Pattern BRANCH = Pattern.compile("[0-9]{4}");

    public TaxProfile {
        if (branch != null && !BRANCH.matcher(branch).matches()) {
            throw new IllegalArgumentException("branch: " + branch + " (expected: four digits)");
        }
        require("companyName", companyName, MAX_COMPANY_NAME);
        require("representative", representative, MAX_REPRESENTATIVE);
        requireIfThere("address", address, MAX_ADDRESS);
        requireIfThere("businessType", businessType, MAX_BUSINESS);
        requireIfThere("businessItem", businessItem, MAX_BUSINESS);
    }

    private static void requireIfThere(String name, @Nullable String text, int max) {
        if (text != null) {
            require(name, text, max);
        }
    }

    private static void require(String name, String text, int max) {
        int length = text.codePointCount(0, text.length());
        if (text.isBlank() || length > max || text.codePoints().anyMatch(TaxProfile::isUnfit)) {
            throw new IllegalArgumentException(
                    name + ": " + length + " characters (expected: 1 to " + max + ", printable)");
        }
    }

    private static boolean isUnfit(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }
}
