package dev.wonflow.payment.payment.web;

import static dev.wonflow.web.InvalidRequest.checked;
import static dev.wonflow.web.InvalidRequest.required;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Caller;
import dev.wonflow.idempotency.Once;
import dev.wonflow.money.Money;
import dev.wonflow.payment.Text;
import dev.wonflow.payment.gateway.Buyer;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayAccount;
import dev.wonflow.payment.payment.AccountNotFound;
import dev.wonflow.payment.payment.CapturedFunds;
import dev.wonflow.payment.payment.FindPayment;
import dev.wonflow.payment.payment.KeptAccount;
import dev.wonflow.payment.payment.OpenAccount;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.payment.payment.VirtualAccounts;
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** HTTP face of virtual accounts that are opened without Toss's window. */
@RestController
@RequestMapping("/api/payments/{id}/virtual-account")
class VirtualAccountController {

    /** Toss's longest id is a paymentKey of 200 characters. */
    private static final int MAX_ID = 200;

    private static final long MAX_HOURS = 2_160;

    private final OpenAccount openAccount;
    private final FindPayment findPayment;
    private final VirtualAccounts accounts;

    VirtualAccountController(OpenAccount openAccount, FindPayment findPayment, VirtualAccounts accounts) {
        this.openAccount = openAccount;
        this.findPayment = findPayment;
        this.accounts = accounts;
    }

    /**
     * Has Toss open a virtual account into which the buyer pays the order. 202 says that it is not known yet whether
     * there is one: ask for it with GET, and open no window meanwhile.
     *
     * @param id of the payment or its order
     */
    @AllowedTo({"checkout:write", "tenant:billing"})
    @PostMapping
    @Operation(
            id = "openVirtualAccount",
            status = {201, 202},
            body = VirtualAccountView.class,
            problems = {
                "payment.not-found",
                "payment.not-created-yet",
                "payment.account-refused",
                "payment.account-asked-for",
                "payment.another-attempt-running",
                "payment.order-closed",
                "payment.too-many-attempts",
                "payment.not-open",
                "payment.toss-busy"
            })
    ResponseEntity<?> open(
            @Field(max = MAX_ID) @PathVariable("id") String id,
            @RequestBody VirtualAccountRequest request,
            Caller caller,
            Once once)
            throws InterruptedException {
        String named = checked(id, text -> Text.require("id", text, MAX_ID));
        String bank = checked(
                required("bank", request.bank()), text -> Text.require("bank", text, OpenAccount.Request.MAX_BANK));
        Buyer buyer = checked(
                request,
                body -> new Buyer(name(required("customerName", body.customerName())), body.customerMobilePhone()));
        Validity validity = checked(request, Validity::of);
        // Toss is called within it, so no transaction may be open. What is past may have been to come the first time.
        return once.withLease(caller.tenant(), () -> {
            Instant dueAt = checked(validity, wanted -> openAccount.dueAt(wanted.until(), wanted.length()));
            return answer(openAccount.open(new OpenAccount.Request(caller, named, bank, buyer, dueAt)));
        });
    }

    /** Until when, or for how long, a caller wants the account. */
    private record Validity(
            @Nullable Instant until, @Nullable Duration length) {

        private static Validity of(VirtualAccountRequest request) {
            return new Validity(instant(request.dueAt()), hours(request.validHours()));
        }
    }

    private static ResponseEntity<?> answer(OpenAccount.Opened opened) {
        Failure refusal = opened.refusal();
        if (refusal != null) {
            return ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT)
                    .body(Problems.accountRefused(opened.payment(), refusal));
        }
        // 202, for a client that reads an error here would have the buyer pay another way as well.
        return ResponseEntity.status(opened.account().isEmpty() ? HttpStatus.ACCEPTED : HttpStatus.CREATED)
                .body(VirtualAccountView.of(opened.payment(), opened.account().orElse(null)));
    }

    /**
     * Shows the virtual account of a payment, opened here or in Toss's window.
     *
     * @param id of the payment or its order, or its paymentKey
     */
    @AllowedTo({"checkout:write", "tenant:billing:read"})
    @GetMapping
    @Operation(
            id = "getVirtualAccount",
            problems = {"payment.not-found", "payment.not-created-yet", "payment.no-account"})
    VirtualAccountView show(@Field(max = MAX_ID) @PathVariable("id") String id, Caller caller) {
        String named = checked(id, text -> Text.require("id", text, MAX_ID));
        Payment payment = findPayment.find(caller.tenant(), named);
        KeptAccount kept = accounts.find(payment).orElseThrow(() -> new AccountNotFound(payment));
        return VirtualAccountView.of(payment, kept.account());
    }

    /** Toss refuses more, as it would a request of ours that was wrong. */
    private static String name(String text) {
        return Text.requireLine("customerName", text, Buyer.MAX_NAME);
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            throw new IllegalArgumentException(
                    "dueAt: of another form (expected: a moment with its offset, such as 2026-01-12T23:59:59+09:00)");
        }
    }

    private static @Nullable Duration hours(@Nullable Long hours) {
        if (hours == null) {
            return null;
        }
        if (hours < 1 || hours > MAX_HOURS) {
            throw new IllegalArgumentException("validHours: " + hours + " (expected: 1 to " + MAX_HOURS + ")");
        }
        return Duration.ofHours(hours);
    }

    /**
     * What the account is opened with, in Toss's words; amount and order are the payment's. Without a due date it takes
     * the deposit for a week.
     *
     * @param bank one that issues virtual accounts: Toss's code of two characters, or a name
     * @param customerName the buyer
     * @param customerMobilePhone Toss sends the account there
     * @param dueAt until when the deposit is taken, at most 90 days ahead; not with {@code validHours}
     * @param validHours for how long the deposit is taken; not with {@code dueAt}
     */
    record VirtualAccountRequest(
            @Field(required = true, max = OpenAccount.Request.MAX_BANK, example = "88") @Nullable
            String bank,

            @Field(required = true, max = 100, example = "김하늘") @Nullable
            String customerName,

            @Field(pattern = "[0-9]{8,15}", example = "01012345678") @Nullable
            String customerMobilePhone,

            @Field(format = "date-time", example = "2026-01-12T23:59:59+09:00") @Nullable
            String dueAt,

            @Field(min = 1, max = 2_160, example = "168") @Nullable
            Long validHours) {

        @Override
        public String toString() {
            return "***";
        }
    }

    /**
     * Where and until when the buyer pays.
     *
     * @param status how the payment stands; {@code requested} while Toss is being asked for the account
     * @param bank two characters, by which Toss names it
     * @param accountNumber with test keys after an X
     * @param holderName whose the buyer's bank says it is
     * @param dueAt until when the deposit is taken
     */
    record VirtualAccountView(
            UUID paymentId,
            String orderId,
            @Field(words = PaymentStatus.class) String status,
            @Field(won = true) long amount,
            @Field(only = Money.CURRENCY) String currency,
            @Nullable String bank,
            @Nullable String accountNumber,
            @Nullable String holderName,
            @Nullable Instant dueAt) {

        static VirtualAccountView of(Payment payment, @Nullable GatewayAccount account) {
            CapturedFunds funds = payment.funds();
            return new VirtualAccountView(
                    payment.id().value(),
                    payment.orderId().value(),
                    payment.status().text(),
                    payment.purchase().amount().won(),
                    Money.CURRENCY,
                    account == null ? null : account.bankCode(),
                    account == null ? null : account.number(),
                    account == null ? null : account.holderName(),
                    funds == null ? null : funds.dueAt());
        }
    }
}
