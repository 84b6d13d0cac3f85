package dev.wonflow.subscription.notice.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Caller;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.notice.BillingContact;
import dev.wonflow.subscription.notice.BillingContacts;
import dev.wonflow.subscription.notice.ChangeContact;
import dev.wonflow.subscription.notice.EmailAddress;
import dev.wonflow.subscription.notice.Language;
import dev.wonflow.web.CodedProblem;
import dev.wonflow.web.InvalidRequest;
import dev.wonflow.web.ProblemKind;
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** HTTP face of the billing contact. */
@RestController
@RequestMapping("/api/billing-contact")
class BillingContactController {

    private static final ProblemKind NOT_FOUND = new ProblemKind(404, "billing.contact-not-found");

    private final BillingContacts contacts;
    private final ChangeContact changeContact;

    BillingContactController(BillingContacts contacts, ChangeContact changeContact) {
        this.contacts = contacts;
        this.changeContact = changeContact;
    }

    /** Shows whom the tenant's mails about its billing go to. */
    @AllowedTo("tenant:billing:read")
    @GetMapping
    @Operation(id = "getBillingContact", problems = "billing.contact-not-found")
    ContactView contact(Caller caller) {
        return contacts.find(caller.tenant()).map(ContactView::of).orElseThrow(() -> new NoContact(caller.tenant()));
    }

    /** Has the tenant's mails about its billing sent there, from the next one on. Safe to repeat by itself. */
    @AllowedTo("tenant:billing")
    @PutMapping
    @Operation(id = "putBillingContact")
    ContactView put(@RequestBody ContactBody body, Caller caller) {
        BillingContact contact = InvalidRequest.checked(body, BillingContactController::contact);
        changeContact.to(caller, contact);
        return ContactView.of(contact);
    }

    @ExceptionHandler
    ProblemDetail on(NoContact e) {
        return CodedProblem.of(NOT_FOUND, e.getMessage());
    }

    private static BillingContact contact(ContactBody body) {
        String locale = body.locale();
        return new BillingContact(
                new EmailAddress(InvalidRequest.required("email", body.email())),
                locale == null ? Language.KO : Language.of(locale));
    }

    /**
     * Whom mails about billing go to.
     *
     * @param email one address, in ASCII
     * @param locale language of the mails; {@code ko} if nothing is said
     */
    record ContactBody(
            @Field(required = true, max = EmailAddress.MAX_LENGTH, example = "billing@example.com") @Nullable
            String email,

            @Field(words = Language.class) @Nullable String locale) {

        @Override
        public String toString() {
            return "***";
        }
    }

    /**
     * Whom mails about billing go to.
     *
     * @param locale language of the mails
     */
    record ContactView(
            String email, @Field(words = Language.class) String locale) {

        static ContactView of(BillingContact contact) {
            return new ContactView(contact.email().value(), contact.language().code());
        }
    }

    /** The tenant has told no contact. */
    static final class NoContact extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoContact(TenantId tenant) {
            super("tenant " + tenant + ": no billing contact");
        }
    }
}
