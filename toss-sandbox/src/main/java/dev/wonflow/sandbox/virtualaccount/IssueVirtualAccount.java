package dev.wonflow.sandbox.virtualaccount;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.card.FreeInstallments;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.institution.Bank;
import dev.wonflow.sandbox.merchant.KeyPair;
import dev.wonflow.sandbox.order.Buyer;
import dev.wonflow.sandbox.payment.AcceptPayment;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.receipt.CashReceiptRequest;
import dev.wonflow.sandbox.receipt.CashReceiptType;
import dev.wonflow.sandbox.session.PaymentType;
import dev.wonflow.sandbox.session.Terms;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Issues a virtual account without a payment window; no confirm follows. */
@Component
public class IssueVirtualAccount {

    private static final Duration USUAL = Duration.ofDays(7);
    private static final Duration LONGEST = Duration.ofDays(90);
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_ACCOUNT_KEY = 13;
    private static final int LONGEST_REGISTRATION_NUMBER = 30;

    private final AcceptPayment acceptPayment;
    private final Assumptions assumptions;
    private final Clock clock;

    IssueVirtualAccount(AcceptPayment acceptPayment, Assumptions assumptions, Clock clock) {
        this.acceptPayment = acceptPayment;
        this.assumptions = assumptions;
        this.clock = clock;
    }

    /**
     * What the merchant asks for.
     *
     * @param bank code, Korean or English name of a bank that issues
     * @param validHours at most 2160; null if dueDate says it, or for 168
     * @param dueDate local time in Seoul, at most 90 days ahead; null if validHours says it
     * @param accountType 일반 or 고정; null for 고정 if there is an accountKey, and otherwise for 일반
     * @param accountKey id of a fixed account
     * @param cashReceiptType 소득공제, 지출증빙 or 미발행; null for none
     * @param cashReceiptNumber whom the receipt is issued to
     */
    public record Request(
            String orderId,
            String orderName,
            long amountMinor,
            long taxFreeMinor,
            Buyer buyer,
            boolean useEscrow,
            String bank,
            @Nullable Long validHours,
            @Nullable String dueDate,
            @Nullable String accountType,
            @Nullable String accountKey,
            @Nullable String cashReceiptType,
            @Nullable String cashReceiptNumber,
            String windowBase) {}

    /**
     * Issues an account that waits for its deposit.
     *
     * @throws Refused if Toss would refuse
     */
    public Payment issue(KeyPair keys, Request request) {
        String name = request.buyer().name();
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        Bank bank = Bank.named(request.bank())
                .filter(Bank::issuesVirtualAccounts)
                .orElseThrow(() -> new Refused(TossError.INVALID_BANK));
        boolean fixed = isFixed(request);
        Terms terms = new Terms(
                request.useEscrow(), false, null, depositUntil(request), cashReceipt(request), FreeInstallments.NONE);
        return acceptPayment.byVirtualAccount(
                keys,
                new AcceptPayment.Request(
                        PaymentType.NORMAL,
                        request.orderId(),
                        request.orderName(),
                        request.amountMinor(),
                        request.taxFreeMinor(),
                        0,
                        request.buyer(),
                        terms,
                        null,
                        request.windowBase()),
                bank,
                name,
                fixed);
    }

    private boolean isFixed(Request request) {
        String accountType = request.accountType();
        String accountKey = request.accountKey();
        if (!isFixed(accountType, accountKey)) {
            return false;
        }
        if (!assumptions.fixedAccounts()) {
            throw new Refused(TossError.NOT_SUPPORTED_METHOD);
        }
        if (accountKey == null || accountKey.isBlank()) {
            throw new Refused(TossError.REQUIRED_ACCOUNT_KEY);
        }
        if (accountKey.length() > LONGEST_ACCOUNT_KEY) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        return true;
    }

    private static boolean isFixed(@Nullable String accountType, @Nullable String accountKey) {
        return switch (accountType) {
            // A key is enough, as was seen.
            case null -> accountKey != null;
            case "일반", "NORMAL" -> false;
            case "고정", "FIXED" -> true;
            default -> throw new Refused(TossError.INVALID_REQUEST);
        };
    }

    private Instant depositUntil(Request request) {
        Instant now = clock.instant();
        Long validHours = request.validHours();
        String dueDate = request.dueDate();
        if (validHours != null && dueDate != null) {
            throw new Refused(TossError.INVALID_VALID_HOURS_WITH_DUE_DATE_AND_SINGLE);
        }
        if (validHours != null) {
            if (validHours < 1) {
                throw new Refused(TossError.INVALID_REQUEST);
            }
            if (validHours > LONGEST.toHours()) {
                throw new Refused(TossError.EXCEED_MAX_VALID_HOURS);
            }
            return now.plus(Duration.ofHours(validHours));
        }
        return dueDate == null ? now.plus(USUAL) : dueAt(dueDate, now);
    }

    private static Instant dueAt(String dueDate, Instant now) {
        try {
            Instant dueAt =
                    LocalDateTime.parse(dueDate).atZone(SandboxClock.SEOUL).toInstant();
            if (!dueAt.isAfter(now)) {
                throw new Refused(TossError.INVALID_DATE);
            }
            if (dueAt.isAfter(now.plus(LONGEST))) {
                throw new Refused(TossError.EXCEED_MAX_DUE_DATE);
            }
            return dueAt;
        } catch (DateTimeException _) {
            throw new Refused(TossError.INVALID_DATE);
        }
    }

    private static @Nullable CashReceiptRequest cashReceipt(Request request) {
        String type = request.cashReceiptType();
        if (type == null || type.equals("미발행")) {
            return null;
        }
        String number = request.cashReceiptNumber();
        if (number != null && number.length() > LONGEST_REGISTRATION_NUMBER) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        return CashReceiptType.named(type)
                .map(named -> new CashReceiptRequest(named, number))
                .orElseThrow(() -> new Refused(TossError.INVALID_REGISTRATION_NUMBER_TYPE));
    }
}
