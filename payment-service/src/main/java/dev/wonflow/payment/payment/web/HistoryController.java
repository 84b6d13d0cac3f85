package dev.wonflow.payment.payment.web;

import static dev.wonflow.web.InvalidRequest.checked;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Caller;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.Text;
import dev.wonflow.payment.payment.FindPayment;
import dev.wonflow.payment.payment.PastReceipts;
import dev.wonflow.payment.payment.PastRefunds;
import dev.wonflow.payment.payment.PastStrays;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentHistory;
import dev.wonflow.payment.payment.VirtualAccounts;
import dev.wonflow.web.csv.CsvAnswer;
import dev.wonflow.web.page.Page;
import dev.wonflow.web.page.PageRequest;
import dev.wonflow.web.page.Position;
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a tenant's payments were, and one of them in full. */
@RestController
class HistoryController {

    /** Toss's longest id is a paymentKey of 200 characters. */
    private static final int MAX_ID = 200;

    /** Payments read at a time for a file; no connection is held while they are sent. */
    private static final int FILE_PIECE = 500;

    private final PaymentHistory history;
    private final FindPayment findPayment;
    private final VirtualAccounts accounts;
    private final PastRefunds refunds;
    private final PastReceipts receipts;
    private final PastStrays strays;

    HistoryController(
            PaymentHistory history,
            FindPayment findPayment,
            VirtualAccounts accounts,
            PastRefunds refunds,
            PastReceipts receipts,
            PastStrays strays) {
        this.history = history;
        this.findPayment = findPayment;
        this.accounts = accounts;
        this.refunds = refunds;
        this.receipts = receipts;
        this.strays = strays;
    }

    /** Lists the payments of the tenant, newest first. */
    @AllowedTo("tenant:billing:read")
    @GetMapping("/api/payments")
    @Operation(id = "listPayments", query = FilterParameters.Form.class)
    Page<PaymentView> page(@RequestParam MultiValueMap<String, String> parameters, PageRequest page, Caller caller) {
        Position after = page.after();
        PaymentHistory.Piece piece = history.of(
                FilterParameters.ofPage(caller.tenant(), parameters),
                after == null ? null : new PaymentHistory.Place(after.at(), new PaymentId(after.id())),
                page.limit());
        PaymentHistory.Place next = piece.next();
        return Page.of(
                piece.payments(),
                next == null ? null : new Position(next.requestedAt(), next.id().value()),
                PaymentView::of);
    }

    /** Lists the same payments as a file, with a line of names first. */
    @AllowedTo("tenant:billing:read")
    @GetMapping("/api/payments.csv")
    @Operation(id = "exportPayments", produces = "text/csv", query = FilterParameters.Form.class)
    void file(@RequestParam MultiValueMap<String, String> parameters, Caller caller, HttpServletResponse response)
            throws IOException {
        PaymentHistory.Filter filter = FilterParameters.ofWhole(caller.tenant(), parameters);
        CsvAnswer.write(response, "payments.csv", PaymentRow.COLUMNS, new Rows(filter));
    }

    /**
     * Shows one payment with every attempt to take its money, every refund, every cash receipt, and what Toss took for
     * its order without its counting for it.
     *
     * @param id of the payment or its order, or its paymentKey
     */
    @AllowedTo("tenant:billing:read")
    @GetMapping("/api/payments/{id}")
    @Operation(
            id = "getPayment",
            problems = {"payment.not-found", "payment.not-created-yet"})
    PaymentDetails payment(@Field(max = MAX_ID) @PathVariable("id") String id, Caller caller) {
        String named = checked(id, text -> Text.require("id", text, MAX_ID));
        Payment payment = findPayment.find(caller.tenant(), named);
        return PaymentDetails.of(
                payment,
                accounts.find(payment),
                history.attempts(payment.id()),
                refunds.of(payment.id()),
                receipts.of(payment.id()),
                strays.of(payment.id()));
    }

    /** All of them, piece by piece. */
    private final class Rows implements Iterator<List<?>> {

        private final PaymentHistory.Filter filter;
        private PaymentHistory.@Nullable Place next;
        private Iterator<Payment> piece;

        Rows(PaymentHistory.Filter filter) {
            this.filter = filter;
            PaymentHistory.Piece first = history.of(filter, null, FILE_PIECE);
            this.piece = first.payments().iterator();
            this.next = first.next();
        }

        @Override
        public boolean hasNext() {
            while (!piece.hasNext() && next != null) {
                PaymentHistory.Piece following = history.of(filter, next, FILE_PIECE);
                piece = following.payments().iterator();
                next = following.next();
            }
            return piece.hasNext();
        }

        @Override
        public List<?> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("payments: no more (expected: hasNext() asked before)");
            }
            return PaymentRow.of(piece.next());
        }
    }
}
