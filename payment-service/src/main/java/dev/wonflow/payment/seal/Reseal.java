package dev.wonflow.payment.seal;

import dev.wonflow.incidents.IncidentReport;
import dev.wonflow.payment.incident.Alerts;
import dev.wonflow.payment.seal.SealedStore.Step;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Brings all secrets under the key that seals now, some at a time, each time in a transaction of its own: whatever is
 * killed, the next run goes on where this one was. Every instance may do it at once. A secret that does not open is
 * passed over; people are told of those of one store together, and again when there are more.
 */
public final class Reseal {

    private static final Logger log = LoggerFactory.getLogger(Reseal.class);

    /** Before all ids. */
    private static final UUID NONE = new UUID(0, 0);

    private final List<SealedStore> stores;
    private final Seal seal;
    private final int batch;
    private final Alerts alerts;
    private final Clock clock;
    private final TransactionOperations transaction;

    /** How many unreadable ones of each store people were told of. */
    private final Map<String, Integer> told = new ConcurrentHashMap<>();

    public Reseal(
            List<SealedStore> stores,
            Seal seal,
            int batch,
            Alerts alerts,
            Clock clock,
            TransactionOperations transaction) {
        this.stores = List.copyOf(stores);
        this.seal = seal;
        this.batch = batch;
        this.alerts = alerts;
        this.clock = clock;
        this.transaction = transaction;
    }

    /**
     * Seals anew what is not sealed as it should be.
     *
     * @return how many
     * @throws RuntimeException if a store cannot; the others have had their turn by then
     */
    public int runOnce() {
        if (!seal.isSetUp()) {
            return 0;
        }
        int all = 0;
        RuntimeException failure = null;
        for (SealedStore store : stores) {
            try {
                all += reseal(store);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return all;
    }

    private int reseal(SealedStore store) {
        int all = 0;
        int unreadable = 0;
        UUID first = NONE;
        UUID last = NONE;
        Step step;
        do {
            UUID after = last;
            step = transaction.execute(_ -> store.reseal(after, batch));
            all += step.sealed();
            if (unreadable == 0 && !step.unreadable().isEmpty()) {
                first = step.unreadable().getFirst();
            }
            unreadable += step.unreadable().size();
            last = step.last();
        } while (!step.isAtTheEnd());
        if (all > 0) {
            log.info("Sealed {} {} anew, {} are left", all, store.contents(), store.sealedUnderOthers());
        }
        tell(store, unreadable, first);
        return all;
    }

    /** Not of the same ones with every run. */
    private void tell(SealedStore store, int unreadable, UUID first) {
        if (unreadable > told.getOrDefault(store.contents(), 0)) {
            transaction.executeWithoutResult(_ -> alerts.report(new IncidentReport(
                    store.contents(),
                    "SECRETS_UNREADABLE",
                    IncidentReport.Urgency.ACT,
                    null,
                    unreadable + " do not open, of " + first
                            + " to begin with (expected: sealed for their owners, under a key of the keyset)",
                    clock.instant())));
        }
        told.put(store.contents(), unreadable);
    }
}
