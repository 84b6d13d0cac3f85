package dev.wonflow.sandbox.receipt;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.merchant.Merchant;
import dev.wonflow.sandbox.mint.Mint;
import dev.wonflow.sandbox.order.OrderFormat;
import java.time.Clock;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks the tax office for a cash receipt (현금영수증 발급 요청). */
@Component
public class IssueCashReceipt {

    private static final int LONGEST_IDENTITY_NUMBER = 30;

    /** A phone, a receipt card, or the code {@code 0100001234} of a merchant who knows no customer. */
    private static final Pattern PERSON = Pattern.compile("[0-9]{10,30}");

    private final CashReceipts receipts;
    private final OrderFormat format;
    private final ReceiptSettings settings;
    private final Mint mint;
    private final Clock clock;

    IssueCashReceipt(CashReceipts receipts, OrderFormat format, ReceiptSettings settings, Mint mint, Clock clock) {
        this.receipts = receipts;
        this.format = format;
        this.settings = settings;
        this.mint = mint;
        this.clock = clock;
    }

    /**
     * What the merchant asks for.
     *
     * @param customerIdentityNumber digits, with hyphens or without
     * @param businessNumber null for the merchant's own
     */
    public record Request(
            String orderId,
            String orderName,
            ReceiptType type,
            String customerIdentityNumber,
            long amountWon,
            long taxFreeWon,
            @Nullable String businessNumber) {

        /** Without the customer, who is named by a phone number. */
        @Override
        public String toString() {
            return "Request[orderId=" + orderId + ", type=" + type + ", amountWon=" + amountWon + "]";
        }
    }

    /**
     * Issues a receipt, in progress until the tax office has decided.
     *
     * @throws Refused if the request makes no sense, or the order has a receipt
     */
    public CashReceipt issue(Merchant merchant, Request request) {
        check(request);
        Instant now = clock.instant();
        return receipts.exclusively(() -> {
            if (receipts.latestOf(merchant.mId(), request.orderId())
                    .filter(receipt -> receipt.standsFor(now))
                    .isPresent()) {
                throw new Refused(TossError.DUPLICATED_CASH_RECEIPT);
            }
            return receipts.add(cursor -> issued(cursor, merchant, request, now));
        });
    }

    private CashReceipt issued(long cursor, Merchant merchant, Request request, Instant now) {
        String businessNumber = request.businessNumber();
        String customer = request.customerIdentityNumber();
        return new CashReceipt(
                cursor,
                mint.receiptKey(),
                merchant.mId(),
                request.orderId(),
                request.orderName(),
                request.type(),
                mint.issueNumber(),
                CashReceipt.Kind.CONFIRM,
                request.amountWon(),
                request.taxFreeWon(),
                businessNumber == null ? settings.businessNumber() : businessNumber,
                customer,
                now,
                now.plus(settings.decidedAfter()),
                NtsFailure.of(digits(customer)).orElse(null),
                0,
                null);
    }

    private void check(Request request) {
        format.checkOrder(request.orderId(), request.orderName());
        format.checkAmounts(request.amountWon(), request.taxFreeWon(), 0);
        String businessNumber = request.businessNumber();
        if (businessNumber != null
                && !ReceiptSettings.BUSINESS_NUMBER.matcher(businessNumber).matches()) {
            throw new Refused(TossError.INVALID_BUSINESS_NUMBER);
        }
        Pattern expected = switch (request.type()) {
            case INCOME_DEDUCTION -> PERSON;
            case PROOF_OF_EXPENSE -> ReceiptSettings.BUSINESS_NUMBER;
        };
        String customer = request.customerIdentityNumber();
        if (customer.length() > LONGEST_IDENTITY_NUMBER
                || !expected.matcher(digits(customer)).matches()) {
            throw new Refused(TossError.INVALID_CASH_RECEIPT_INFO);
        }
    }

    private static String digits(String number) {
        return number.replace("-", "");
    }
}
