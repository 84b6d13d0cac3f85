package dev.wonflow.subscription.dunning;

import dev.wonflow.subscription.invoice.InvoiceEvent;
import dev.wonflow.subscription.invoice.InvoiceEvents;
import dev.wonflow.subscription.invoice.InvoiceFact;
import dev.wonflow.subscription.invoice.InvoiceId;
import dev.wonflow.subscription.renewal.RenewalListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What happens elsewhere and changes cases: payments, another card, and time in which nothing was charged. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
class CloseCases implements InvoiceEvents, RenewalListener {

    private final DunningCases cases;
    private final DunningEvents events;

    CloseCases(DunningCases cases, DunningEvents events) {
        this.cases = cases;
        this.events = events;
    }

    /** Closes the cases of invoices that were paid, or that nobody has to pay any more. */
    @Override
    public void publish(List<InvoiceFact> facts) {
        Map<InvoiceId, InvoiceFact> ended = new LinkedHashMap<>();
        facts.stream()
                .filter(fact -> !(fact.event() instanceof InvoiceEvent.Issued))
                .forEach(fact -> ended.put(fact.invoice().id(), fact));
        if (ended.isEmpty()) {
            return;
        }
        List<DunningCase> closed = new ArrayList<>();
        List<DunningFact> recovered = new ArrayList<>();
        for (DunningCase one : cases.hold(ended.keySet())) {
            InvoiceFact fact = Objects.requireNonNull(ended.get(one.invoice()));
            DunningStage end = isPaid(fact) ? DunningStage.RECOVERED : DunningStage.ENDED;
            if (one.stage().next().contains(end)) {
                closed.add(one.closed(end, fact.event().at()));
                if (isPaid(fact)) {
                    recovered.add(new DunningFact.Recovered(fact.invoice()));
                }
            }
        }
        cases.save(closed);
        if (!recovered.isEmpty()) {
            events.publish(recovered);
        }
    }

    private static boolean isPaid(InvoiceFact fact) {
        return fact.event() instanceof InvoiceEvent.Paid;
    }

    /** Puts off what cases wait for: time in which nobody could be charged counts for nobody. */
    @Override
    public void resumed(Duration stopped, Instant now) {
        cases.putOff(stopped);
    }
}
