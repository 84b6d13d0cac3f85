package dev.wonflow.subscription.dunning;

import dev.wonflow.subscription.invoice.Invoice;
import dev.wonflow.subscription.invoice.InvoiceLine;
import dev.wonflow.subscription.notice.Notice;
import dev.wonflow.subscription.notice.NoticeData;
import dev.wonflow.subscription.notice.RequestNotice;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells tenants by notices; of each kind there is one about a subject. */
@Component
class TellTenants implements DunningEvents {

    private final RequestNotice requestNotice;

    TellTenants(RequestNotice requestNotice) {
        this.requestNotice = requestNotice;
    }

    @Override
    public void publish(List<DunningFact> facts) {
        requestNotice.onceEach(facts.stream().map(TellTenants::notice).toList());
    }

    static Notice notice(DunningFact fact) {
        Invoice invoice = fact.invoice();
        String plan = planName(invoice);
        String subject = invoice.id().toString();
        return switch (fact) {
            case DunningFact.Declined declined ->
                new Notice(
                        subject,
                        invoice.tenantId(),
                        new NoticeData.PaymentFailed(plan, invoice.total(), declined.code(), declined.nextAttemptAt()));
            case DunningFact.MethodNeeded needed ->
                new Notice(
                        subject + ":" + needed.declines(),
                        invoice.tenantId(),
                        new NoticeData.NewCardNeeded(plan, invoice.total(), needed.restrictedAt()));
            case DunningFact.RetryUpcoming retry ->
                new Notice(
                        subject + ":" + retry.declines(),
                        invoice.tenantId(),
                        new NoticeData.RetryUpcoming(plan, invoice.total(), retry.attemptAt()));
            case DunningFact.Restricted restricted ->
                new Notice(
                        subject,
                        invoice.tenantId(),
                        new NoticeData.Restricted(plan, invoice.total(), restricted.until()));
            case DunningFact.Suspended suspended ->
                new Notice(
                        subject,
                        invoice.tenantId(),
                        new NoticeData.Suspended(plan, invoice.total(), suspended.until()));
            case DunningFact.Recovered _ ->
                new Notice(
                        subject,
                        invoice.tenantId(),
                        new NoticeData.Recovered(
                                plan, invoice.total(), invoice.period().end()));
        };
    }

    private static String planName(Invoice invoice) {
        return invoice.lines().stream()
                .map(InvoiceLine::about)
                .findFirst()
                .orElseGet(() -> invoice.terms().plan());
    }
}
