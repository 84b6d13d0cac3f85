package dev.wonflow.sandbox.order;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The rules for what a merchant sends along with any payment, however it comes about. */
@Component
public class OrderFormat {

    private static final Pattern ORDER_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern ORDER_ID_WITH_EQUALS_SIGN = Pattern.compile("[A-Za-z0-9_=-]{1,64}");
    private static final Pattern MOBILE_PHONE = Pattern.compile("[0-9]{8,15}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");

    private static final int LONGEST_ORDER_NAME = 100;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_CUSTOMER_KEY = 300;

    /** Far above anything Toss was seen with (50 billion won), and far from where sums of amounts overflow. */
    private static final long LARGEST_AMOUNT_WON = 9_999_999_999_999L;

    private static final int MOST_METADATA = 5;
    private static final int LONGEST_METADATA_KEY = 40;
    private static final int LONGEST_METADATA_VALUE = 2_000;

    private static final int SHORTEST_ORDER_ID = 6;

    private final Pattern orderIds;
    private final boolean shortForVirtualAccounts;

    OrderFormat(Assumptions assumptions) {
        this.orderIds = assumptions.equalsSignInOrderId() ? ORDER_ID_WITH_EQUALS_SIGN : ORDER_ID;
        this.shortForVirtualAccounts = assumptions.shortOrderIdOfVirtualAccount();
    }

    /**
     * Checks the order.
     *
     * @throws Refused if Toss would not take it
     */
    public void checkOrder(String orderId, String orderName) {
        if (orderId.length() < SHORTEST_ORDER_ID) {
            throw new Refused(TossError.INVALID_ORDER_ID);
        }
        checkOrderOfAnyLength(orderId, orderName);
    }

    /**
     * Checks the order of a payment nobody opened a window for; that of a virtual account may be a short one.
     *
     * @throws Refused if Toss would not take it
     */
    public void checkOrder(String orderId, String orderName, PaymentMethod method) {
        if (shortForVirtualAccounts && method == PaymentMethod.VIRTUAL_ACCOUNT) {
            checkOrderOfAnyLength(orderId, orderName);
        } else {
            checkOrder(orderId, orderName);
        }
    }

    private void checkOrderOfAnyLength(String orderId, String orderName) {
        if (!orderIds.matcher(orderId).matches()) {
            throw new Refused(TossError.INVALID_ORDER_ID);
        }
        if (orderName.isBlank() || orderName.length() > LONGEST_ORDER_NAME) {
            throw new Refused(TossError.INVALID_ORDER_NAME);
        }
    }

    /**
     * Checks the amounts, without any minimum of a method.
     *
     * @throws Refused if they are not amounts of a payment
     */
    public void checkAmounts(long amountMinor, long taxFreeMinor, long taxExemptionMinor) {
        if (amountMinor <= 0) {
            throw new Refused(TossError.BELOW_ZERO_AMOUNT);
        }
        if (amountMinor > LARGEST_AMOUNT_WON) {
            throw new Refused(TossError.EXCEED_MAX_AMOUNT);
        }
        if (taxFreeMinor < 0
                || taxExemptionMinor < 0
                || taxExemptionMinor > amountMinor
                || taxFreeMinor > amountMinor - taxExemptionMinor) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
    }

    /**
     * Checks what is told about the buyer.
     *
     * @throws Refused if Toss would not take it
     */
    public void checkBuyer(Buyer buyer) {
        String email = buyer.email();
        if (email != null
                && (email.length() > LONGEST_NAME || !EMAIL.matcher(email).matches())) {
            throw new Refused(TossError.INVALID_EMAIL);
        }
        String customerKey = buyer.customerKey();
        if (customerKey != null && customerKey.length() > LONGEST_CUSTOMER_KEY) {
            // As was seen where a billing key is asked for.
            throw new Refused(TossError.FAILED_DB_PROCESSING);
        }
        String name = buyer.name();
        String mobilePhone = buyer.mobilePhone();
        if ((name != null && name.length() > LONGEST_NAME)
                || (mobilePhone != null && !MOBILE_PHONE.matcher(mobilePhone).matches())) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
    }

    /**
     * Checks the metadata: at most five pairs, keys up to 40 characters without brackets, values up to 2,000.
     *
     * @throws Refused if there is more
     */
    public void checkMetadata(@Nullable Map<String, String> metadata) {
        if (metadata == null) {
            return;
        }
        boolean fits = metadata.size() <= MOST_METADATA
                && metadata.entrySet().stream()
                        .allMatch(pair -> !pair.getKey().isEmpty()
                                && pair.getKey().length() <= LONGEST_METADATA_KEY
                                && !pair.getKey().contains("[")
                                && !pair.getKey().contains("]")
                                && pair.getValue().length() <= LONGEST_METADATA_VALUE);
        if (!fits) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
    }
}
