package dev.wonflow.subscription.taxinvoice.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Caller;
import dev.wonflow.subscription.taxinvoice.AmendmentList;
import dev.wonflow.subscription.taxinvoice.BulkForm;
import dev.wonflow.subscription.taxinvoice.Evidence;
import dev.wonflow.subscription.taxinvoice.TaxInvoice;
import dev.wonflow.subscription.taxinvoice.TaxInvoiceProperties;
import dev.wonflow.subscription.taxinvoice.TaxInvoices;
import dev.wonflow.subscription.taxinvoice.TaxProfile;
import dev.wonflow.web.CodedProblem;
import dev.wonflow.web.InvalidRequest;
import dev.wonflow.web.ProblemKind;
import dev.wonflow.web.csv.CsvAnswer;
import dev.wonflow.web.page.Page;
import dev.wonflow.web.page.PageRequest;
import dev.wonflow.web.page.Position;
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** HTTP face of tax invoices: for tenants to see, and for whoever issues them. */
@RestController
@RequestMapping("/api/tax-invoices")
class TaxInvoiceController {

    private static final ProblemKind NOT_SET_UP = new ProblemKind(503, "taxinvoice.not-set-up");
    private static final Duration SET_UP_AFTER = Duration.ofMinutes(1);
    private static final Pattern MONTH = Pattern.compile("[0-9]{4}-[0-9]{2}");

    /** Rows read at a time, so that a slow reader holds no connection of the database. */
    private static final int AT_ONCE = 500;

    /** Far more files than anybody uploads by hand. */
    private static final int MOST_PARTS = 10_000;

    private final TaxInvoices taxInvoices;
    private final TaxInvoiceProperties properties;

    TaxInvoiceController(TaxInvoices taxInvoices, TaxInvoiceProperties properties) {
        this.taxInvoices = taxInvoices;
        this.properties = properties;
    }

    /** Lists the tenant's tax invoices, the newest first, those included for which there is other evidence. */
    @AllowedTo("tenant:billing:read")
    @GetMapping
    @Operation(id = "listTaxInvoices")
    Page<TaxInvoiceView> all(PageRequest request, Caller caller) {
        Position after = request.after();
        List<TaxInvoices.WithEvidence> found = taxInvoices.of(
                caller.tenant(),
                after == null ? null : new TaxInvoices.Place(after.at(), after.id()),
                request.limitAndOne());
        return Page.of(
                request,
                found,
                one -> new Position(
                        one.taxInvoice().createdAt(), one.taxInvoice().id()),
                TaxInvoiceView::of);
    }

    /**
     * Exports the tax invoices to be issued for a month as CSV, with the 59 columns of the National Tax Service's form
     * for issuing many at once, from its row 7 on. A form takes 100, so there are as many parts as that needs; one that
     * is empty was the last.
     *
     * @param month in which the money came, by the calendar of Seoul, such as 2026-03
     * @param part of the month, from 1 on
     * @param livemode false for payments of test keys, which are issued to nobody
     */
    @AllowedTo("operator:ledger")
    @GetMapping("/export")
    @Operation(id = "exportTaxInvoices", produces = "text/csv", problems = "taxinvoice.not-set-up")
    void export(
            @Field(pattern = "[0-9]{4}-[0-9]{2}") @RequestParam("month") String month,
            @Field(min = 1, max = MOST_PARTS) @RequestParam(name = "part", defaultValue = "1") int part,
            @RequestParam(name = "livemode", defaultValue = "true") boolean livemode,
            HttpServletResponse response)
            throws IOException {
        YearMonth asked = month(month);
        if (part < 1 || part > MOST_PARTS) {
            throw new InvalidRequest("part: " + part + " (expected: 1 to " + MOST_PARTS + ")");
        }
        TaxProfile supplier = properties.profile().orElseThrow(NotSetUp::new);
        List<TaxInvoices.Due> due = taxInvoices.due(asked, false, livemode, (part - 1) * BulkForm.MOST, BulkForm.MOST);
        CsvAnswer.write(
                response,
                "tax-invoices-" + asked + "-" + part + ".csv",
                BulkForm.columns(),
                due.stream().map(one -> BulkForm.row(supplier, one)).iterator());
    }

    /**
     * Exports what is to be amended for a month as CSV: the money of an earlier tax invoice went back, whole or in
     * part.
     *
     * @param month in which it went back, by the calendar of Seoul, such as 2026-03
     * @param livemode false for payments of test keys, which are issued to nobody
     */
    @AllowedTo("operator:ledger")
    @GetMapping("/amendments")
    @Operation(id = "exportAmendedTaxInvoices", produces = "text/csv")
    void amendments(
            @Field(pattern = "[0-9]{4}-[0-9]{2}") @RequestParam("month") String month,
            @RequestParam(name = "livemode", defaultValue = "true") boolean livemode,
            HttpServletResponse response)
            throws IOException {
        YearMonth asked = month(month);
        Stream<List<?>> rows = Stream.iterate(0, from -> from + AT_ONCE)
                .map(from -> taxInvoices.due(asked, true, livemode, from, AT_ONCE))
                .takeWhile(page -> !page.isEmpty())
                .flatMap(List::stream)
                .map(AmendmentList::row);
        CsvAnswer.write(response, "amendments-" + asked + ".csv", AmendmentList.columns(), rows.iterator());
    }

    private static YearMonth month(String month) {
        try {
            if (MONTH.matcher(month).matches()) {
                return YearMonth.parse(month);
            }
        } catch (DateTimeException _) {
            // Of no calendar, such as 2026-13.
        }
        throw new InvalidRequest("month: not one (expected: such as 2026-03)");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(NotSetUp e) {
        return CodedProblem.answer(NOT_SET_UP, SET_UP_AFTER, e.getMessage());
    }

    /**
     * What a tax invoice says, or would say.
     *
     * @param id of the invoice, or of the credit note
     * @param amended whether it takes away from the one of {@code invoiceId}; its sums are what it takes away
     * @param writtenOn day in Seoul on which the money came or went back
     * @param issueBy last day on which it is issued in time
     * @param supply without VAT
     * @param taxFree free of VAT
     * @param item what was sold
     * @param number of the receipt, or of the credit note
     * @param evidence what proves the purchase to the tax office: this ({@code tax_invoice}), or something else, so
     *     that none is issued; {@code unknown} until it is known how it was paid
     */
    record TaxInvoiceView(
            UUID id,
            UUID invoiceId,
            boolean amended,
            LocalDate writtenOn,
            @Nullable LocalDate issueBy,
            @Field(won = true) long supply,
            @Field(won = true) long vat,
            @Field(won = true) long taxFree,
            String item,
            String number,
            @Field(words = Evidence.class) String evidence,
            boolean livemode) {

        static TaxInvoiceView of(TaxInvoices.WithEvidence found) {
            TaxInvoice invoice = found.taxInvoice();
            return new TaxInvoiceView(
                    invoice.id(),
                    invoice.invoiceId(),
                    invoice.amended(),
                    invoice.writtenOn(),
                    found.evidence() == Evidence.TAX_INVOICE ? invoice.issueBy() : null,
                    invoice.amounts().supply().won(),
                    invoice.amounts().vat().won(),
                    invoice.amounts().taxFree().won(),
                    invoice.item(),
                    invoice.number(),
                    found.evidence().name().toLowerCase(Locale.ROOT),
                    invoice.livemode());
        }
    }

    /** It is not known who sells. */
    static final class NotSetUp extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotSetUp() {
            super("tax invoices: no supplier (expected: wonflow.tax-invoice.supplier)");
        }
    }
}
