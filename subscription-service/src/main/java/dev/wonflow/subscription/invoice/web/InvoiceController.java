package dev.wonflow.subscription.invoice.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Caller;
import dev.wonflow.idempotency.Once;
import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.subscription.Limits;
import dev.wonflow.subscription.invoice.BillSubscriptions;
import dev.wonflow.subscription.invoice.Coupon;
import dev.wonflow.subscription.invoice.Coupons;
import dev.wonflow.subscription.invoice.CreditEntry;
import dev.wonflow.subscription.invoice.Credits;
import dev.wonflow.subscription.invoice.Invoice;
import dev.wonflow.subscription.invoice.InvoiceHistory;
import dev.wonflow.subscription.invoice.InvoiceId;
import dev.wonflow.subscription.invoice.Invoices;
import dev.wonflow.subscription.invoice.RedeemCoupon;
import dev.wonflow.subscription.subscription.ChangeTerms;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionNotFound;
import dev.wonflow.subscription.subscription.Subscriptions;
import dev.wonflow.web.InvalidRequest;
import dev.wonflow.web.csv.CsvAnswer;
import dev.wonflow.web.page.Page;
import dev.wonflow.web.page.PageRequest;
import dev.wonflow.web.page.Position;
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a tenant owed and paid, what it would owe, and its credit. */
@RestController
class InvoiceController {

    private static final int MAX_PRODUCT = 50;
    private static final int MAX_CODE = 50;
    private static final int MAX_PLAN = 50;
    private static final int MAX_QUANTITY = 1_000_000;

    /** Entries of credit that are shown. */
    private static final int MOST_ENTRIES = 100;

    /** Coupons of a subscription that are shown. */
    private static final int MOST_COUPONS = 100;

    /** Invoices read at a time for a file; no connection is held while they are sent. */
    private static final int FILE_PIECE = 500;

    private final Invoices invoices;
    private final InvoiceHistory history;
    private final Credits credits;
    private final Subscriptions subscriptions;
    private final BillSubscriptions bill;
    private final ChangeTerms changeTerms;
    private final RedeemCoupon redeemCoupon;
    private final Coupons coupons;
    private final TransactionOperations transaction;
    private final TenantClocks clocks;

    InvoiceController(
            Invoices invoices,
            InvoiceHistory history,
            Credits credits,
            Subscriptions subscriptions,
            BillSubscriptions bill,
            ChangeTerms changeTerms,
            RedeemCoupon redeemCoupon,
            Coupons coupons,
            TransactionOperations transaction,
            TenantClocks clocks) {
        this.invoices = invoices;
        this.history = history;
        this.credits = credits;
        this.subscriptions = subscriptions;
        this.bill = bill;
        this.changeTerms = changeTerms;
        this.redeemCoupon = redeemCoupon;
        this.coupons = coupons;
        this.transaction = transaction;
        this.clocks = clocks;
    }

    /** Lists the tenant's invoices, newest first. */
    @AllowedTo("tenant:billing:read")
    @Operation(id = "listInvoices")
    @GetMapping("/api/invoices")
    Page<InvoiceView> page(PageRequest page, Caller caller) {
        Position after = page.after();
        List<Invoice> found = history.newestFirst(
                caller.tenant(),
                after == null ? null : new InvoiceHistory.Place(after.at(), new InvoiceId(after.id())),
                page.limitAndOne());
        return Page.of(
                page,
                found,
                invoice -> new Position(invoice.issuedAt(), invoice.id().value()),
                InvoiceView::of);
    }

    /** Lists the same invoices as a file, with a line of names first. */
    @AllowedTo("tenant:billing:read")
    @Operation(id = "exportInvoices", produces = "text/csv")
    @GetMapping("/api/invoices.csv")
    void file(Caller caller, HttpServletResponse response) throws IOException {
        CsvAnswer.write(response, "invoices.csv", InvoiceRow.COLUMNS, new Rows(caller));
    }

    /** Shows an invoice. */
    @AllowedTo("tenant:billing:read")
    @Operation(id = "getInvoice", problems = "invoice.not-found")
    @GetMapping("/api/invoices/{id}")
    InvoiceView invoice(@Field(format = "uuid") @PathVariable("id") String id, Caller caller) {
        return invoices.find(invoiceId(id))
                .filter(invoice -> invoice.tenantId().equals(caller.tenant()))
                .map(InvoiceView::of)
                .orElseThrow(() -> new NoInvoice(id));
    }

    /**
     * Shows what the invoice of the next period would be, as things are: made by what makes the invoice itself. 404
     * {@code invoice.none-to-come} if none comes by itself.
     */
    @AllowedTo("tenant:billing:read")
    @Operation(
            id = "previewNextInvoice",
            problems = {"subscription.not-found", "invoice.none-to-come"})
    @GetMapping("/api/subscriptions/{product}/next-invoice")
    PreviewView next(@Field(max = MAX_PRODUCT) @PathVariable("product") String product, Caller caller) {
        return bill.preview(find(caller, product), now(caller))
                .map(PreviewView::of)
                .orElseThrow(() -> new NoneToCome(product));
    }

    /**
     * Shows what a change now would cost, were it asked for now, and is refused as the change would be. During a trial
     * it costs nothing. Nothing changes.
     */
    @AllowedTo("tenant:billing:read")
    @Operation(
            id = "previewSubscriptionChange",
            problems = {
                "subscription.not-found",
                "subscription.not-possible",
                "subscription.payment-outstanding",
                "subscription.another-product",
                "subscription.taxed-otherwise",
                "subscription.quantity",
                "subscription.plan-not-on-sale"
            })
    @GetMapping("/api/subscriptions/{product}/change-preview")
    PreviewView change(
            @Field(max = MAX_PRODUCT) @PathVariable("product") String product,
            @Field(max = MAX_PLAN) @RequestParam(name = "plan", required = false) @Nullable String plan,
            @Field(min = 1, max = MAX_QUANTITY) @RequestParam(name = "quantity", required = false) @Nullable
                    Integer quantity,
            Caller caller) {
        if (plan != null) {
            InvalidRequest.checked(plan, sent -> Limits.require("plan", sent, MAX_PLAN));
        }
        if (quantity != null) {
            InvalidRequest.checked(quantity, sent -> Limits.require("quantity", sent, 1, MAX_QUANTITY));
        }
        Subscription subscription = find(caller, product);
        ChangeTerms.Offered offered =
                changeTerms.offeredNow(subscription, new ChangeTerms.Wish(caller, product, plan, quantity));
        return PreviewView.of(bill.previewChange(subscription, offered.terms(), offered.plan(), now(caller)));
    }

    /** Takes a coupon for a running subscription; it lessens what is invoiced from now on. */
    @AllowedTo("tenant:billing")
    @Operation(
            id = "redeemCoupon",
            body = CouponRedeemed.class,
            problems = {"subscription.not-found", "coupon.not-valid"})
    @PostMapping("/api/subscriptions/{product}/coupon")
    ResponseEntity<?> redeem(
            @Field(max = MAX_PRODUCT) @PathVariable("product") String product,
            @RequestBody CouponCode body,
            Caller caller,
            Once once) {
        String code = InvalidRequest.checked(
                body, sent -> Limits.require("code", InvalidRequest.required("code", sent.code()), MAX_CODE));
        return once.inTransaction(
                caller.tenant(),
                () -> transaction.execute(_ -> {
                    redeemCoupon.redeem(caller, product, code);
                    return ResponseEntity.ok(new CouponRedeemed(code));
                }));
    }

    /** Lists the coupons that were taken for a subscription, newest first; 100 at most. One of them runs at a time. */
    @AllowedTo("tenant:billing:read")
    @Operation(id = "listCouponsOfSubscription", problems = "subscription.not-found")
    @GetMapping("/api/subscriptions/{product}/coupons")
    RedeemedList coupons(@Field(max = MAX_PRODUCT) @PathVariable("product") String product, Caller caller) {
        return new RedeemedList(coupons.of(find(caller, product).id(), MOST_COUPONS).stream()
                .map(RedeemedView::of)
                .toList());
    }

    /** Shows the tenant's credit with a product and its newest hundred changes, newest first. */
    @AllowedTo("tenant:billing:read")
    @Operation(id = "getCredit")
    @GetMapping("/api/credit/{product}")
    CreditView credit(@Field(max = MAX_PRODUCT) @PathVariable("product") String product, Caller caller) {
        return new CreditView(
                product,
                credits.balance(caller.tenant(), product).won(),
                Money.CURRENCY,
                credits.newest(caller.tenant(), product, MOST_ENTRIES).stream()
                        .map(EntryView::of)
                        .toList());
    }

    private Subscription find(Caller caller, String product) {
        return subscriptions
                .find(caller.tenant(), product)
                .orElseThrow(() -> new SubscriptionNotFound(caller.tenant(), product));
    }

    private Instant now(Caller caller) {
        return clocks.now(caller.tenant()).truncatedTo(ChronoUnit.MICROS);
    }

    private static InvoiceId invoiceId(String id) {
        try {
            return new InvoiceId(UUID.fromString(id));
        } catch (IllegalArgumentException _) {
            throw new NoInvoice(id);
        }
    }

    /** All of them, piece by piece. */
    private final class Rows implements Iterator<List<?>> {

        private final Caller caller;
        private List<Invoice> piece;
        private int next;

        Rows(Caller caller) {
            this.caller = caller;
            this.piece = history.newestFirst(caller.tenant(), null, FILE_PIECE);
        }

        @Override
        public boolean hasNext() {
            if (next == piece.size() && piece.size() == FILE_PIECE) {
                Invoice last = piece.getLast();
                piece = history.newestFirst(
                        caller.tenant(), new InvoiceHistory.Place(last.issuedAt(), last.id()), FILE_PIECE);
                next = 0;
            }
            return next < piece.size();
        }

        @Override
        public List<?> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("invoices: no more (expected: hasNext() asked before)");
            }
            return InvoiceRow.of(piece.get(next++));
        }
    }

    /** A coupon's code. */
    record CouponCode(
            @Field(required = true, max = MAX_CODE, example = "SPRING") @Nullable
            String code) {}

    record RedeemedList(List<RedeemedView> data) {}

    /**
     * A coupon of a subscription.
     *
     * @param percentOff part of the price that it takes off; not there: a sum
     * @param amountOff sum that it takes off
     * @param plans plans it is for; empty: all
     * @param periodsLeft periods it still takes something off; not there: all to come
     * @param endedAt since when it takes nothing off; not there: it does
     */
    record RedeemedView(
            String code,
            String name,
            @Nullable Integer percentOff,
            @Field(won = true) @Nullable Long amountOff,
            List<String> plans,
            @Nullable Integer periodsLeft,
            Instant redeemedAt,
            @Nullable Instant endedAt) {

        static RedeemedView of(Coupons.Redeemed redeemed) {
            Coupon coupon = redeemed.coupon();
            return new RedeemedView(
                    coupon.code(),
                    coupon.name(),
                    coupon.percent() == 0 ? null : coupon.percent(),
                    coupon.won().isZero() ? null : coupon.won().won(),
                    coupon.plans().stream().sorted().toList(),
                    redeemed.periodsLeft(),
                    redeemed.redeemedAt(),
                    redeemed.endedAt());
        }
    }

    /** What was taken. */
    record CouponRedeemed(String code) {}

    /**
     * Credit.
     *
     * @param balance what there is
     */
    record CreditView(
            String product,
            @Field(won = true) long balance,
            @Field(only = Money.CURRENCY) String currency,
            List<EntryView> entries) {}

    /**
     * A change of credit.
     *
     * @param amount what it added, in won; below 0 if it was used
     * @param invoiceId invoice that used it or left it over
     */
    record EntryView(
            UUID entryId,
            @Field(words = CreditEntry.Kind.class) String kind,
            long amount,
            @Nullable UUID invoiceId,
            @Nullable String reason,
            Instant at) {

        static EntryView of(CreditEntry entry) {
            InvoiceId invoice = entry.invoice();
            return new EntryView(
                    entry.id(),
                    entry.kind().name().toLowerCase(Locale.ROOT),
                    entry.won(),
                    invoice == null ? null : invoice.value(),
                    entry.reason(),
                    entry.at());
        }
    }

    /** The tenant has no such invoice. */
    static final class NoInvoice extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private static final int MOST_SHOWN = 50;

        NoInvoice(String id) {
            super("invoice " + (id.length() > MOST_SHOWN ? id.substring(0, MOST_SHOWN) : id) + ": not found");
        }
    }

    /** No invoice comes by itself. */
    static final class NoneToCome extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoneToCome(String product) {
            super("subscription to " + product + ": no invoice comes by itself");
        }
    }
}
