package dev.wonflow.subscription.charge;

import dev.wonflow.subscription.invoice.Invoice;
import dev.wonflow.subscription.invoice.InvoiceEvent;
import dev.wonflow.subscription.invoice.InvoiceEvents;
import dev.wonflow.subscription.invoice.InvoiceFact;
import dev.wonflow.subscription.invoice.InvoiceId;
import dev.wonflow.subscription.invoice.InvoiceLine;
import dev.wonflow.subscription.invoice.InvoiceStatus;
import dev.wonflow.subscription.invoice.LineKind;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Has invoices charged: what was issued at once, and what was declined once more. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class RequestCharges implements InvoiceEvents {

    private static final int MOST_NAME = 100;

    /** Lines that name what is paid for. */
    private static final Set<LineKind> NAMING = EnumSet.of(LineKind.PLAN, LineKind.PRORATION_CHARGE);

    private final ChargeAttempts attempts;
    private final ChargeCommands commands;
    private final Clock clock;

    RequestCharges(ChargeAttempts attempts, ChargeCommands commands, Clock clock) {
        this.attempts = attempts;
        this.commands = commands;
        this.clock = clock;
    }

    /** Charges what was issued, if there is something to pay and something to charge. */
    @Override
    public void publish(List<InvoiceFact> facts) {
        List<ChargeAttempt> first = new ArrayList<>();
        for (InvoiceFact fact : facts) {
            UUID method = fact.invoice().billingMethodId();
            if (fact.event() instanceof InvoiceEvent.Issued && isOpen(fact.invoice()) && method != null) {
                first.add(attempt(fact.invoice(), method, 1, Occasion.FIRST));
            }
        }
        request(first);
    }

    /**
     * An invoice that is to be charged once more.
     *
     * @param billingMethodId what is charged now
     */
    public record Again(Invoice invoice, UUID billingMethodId, Occasion occasion) {}

    /**
     * Charges invoices once more; those that are not open are passed over.
     *
     * @throws org.springframework.dao.DuplicateKeyException if an attempt of one has not ended
     */
    public void again(List<Again> wanted) {
        List<Again> open =
                wanted.stream().filter(again -> isOpen(again.invoice())).toList();
        if (open.isEmpty()) {
            return;
        }
        Map<InvoiceId, Integer> last =
                attempts.last(open.stream().map(again -> again.invoice().id()).toList());
        request(open.stream()
                .map(again -> attempt(
                        again.invoice(),
                        again.billingMethodId(),
                        last.getOrDefault(again.invoice().id(), 0) + 1,
                        again.occasion()))
                .toList());
    }

    private void request(List<ChargeAttempt> wanted) {
        if (!wanted.isEmpty()) {
            attempts.add(wanted);
            commands.send(wanted);
        }
    }

    private static boolean isOpen(Invoice invoice) {
        return invoice.status() == InvoiceStatus.OPEN && !invoice.total().isZero();
    }

    private ChargeAttempt attempt(Invoice invoice, UUID method, int number, Occasion occasion) {
        Instant now = clock.instant();
        return new ChargeAttempt(
                invoice.id(),
                invoice.tenantId(),
                number,
                occasion,
                method,
                invoice.total(),
                invoice.amounts().taxFree(),
                name(invoice),
                now);
    }

    /** What the tenant finds in the statement of the card. */
    private static String name(Invoice invoice) {
        String name = invoice.lines().stream()
                .filter(line -> NAMING.contains(line.kind()))
                .map(InvoiceLine::about)
                .findFirst()
                .orElseGet(() -> invoice.terms().plan());
        return name.substring(
                0, name.offsetByCodePoints(0, Math.min(MOST_NAME, name.codePointCount(0, name.length()))));
    }
}
