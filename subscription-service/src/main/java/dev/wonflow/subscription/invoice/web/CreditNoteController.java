package dev.wonflow.subscription.invoice.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Caller;
import dev.wonflow.money.Money;
import dev.wonflow.subscription.invoice.CreditNote;
import dev.wonflow.subscription.invoice.CreditNotes;
import dev.wonflow.web.page.Page;
import dev.wonflow.web.page.PageRequest;
import dev.wonflow.web.page.Position;
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
import java.time.Instant;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What went back to a tenant. */
@RestController
class CreditNoteController {

    private final CreditNotes creditNotes;

    CreditNoteController(CreditNotes creditNotes) {
        this.creditNotes = creditNotes;
    }

    /** Lists the tenant's credit notes, newest first: one for every part of a paid invoice that went back. */
    @AllowedTo("tenant:billing:read")
    @Operation(id = "listCreditNotes")
    @GetMapping("/api/credit-notes")
    Page<CreditNoteView> page(PageRequest page, Caller caller) {
        Position after = page.after();
        return Page.of(
                page,
                creditNotes.newestFirst(
                        caller.tenant(),
                        after == null ? null : new CreditNotes.Place(after.at(), after.id()),
                        page.limitAndOne()),
                note -> new Position(note.at(), note.id()),
                CreditNoteView::of);
    }

    /**
     * A credit note.
     *
     * @param number year in Seoul and a number without gaps within it
     * @param amount what went back, VAT included
     * @param vat part of it that is VAT
     * @param reason what happened, in words
     */
    record CreditNoteView(
            UUID creditNoteId,
            @Field(example = "2026-000042") String number,
            UUID invoiceId,
            @Field(won = true) long amount,
            @Field(won = true) long vat,
            @Field(only = Money.CURRENCY) String currency,
            String reason,
            Instant issuedAt) {

        static CreditNoteView of(CreditNote note) {
            return new CreditNoteView(
                    note.id(),
                    note.number().toString(),
                    note.invoice().value(),
                    note.amount().won(),
                    note.vat().won(),
                    Money.CURRENCY,
                    note.reason(),
                    note.at());
        }
    }
}
