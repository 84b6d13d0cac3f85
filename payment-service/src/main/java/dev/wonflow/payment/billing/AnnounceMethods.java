package dev.wonflow.payment.billing;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Tells of the methods that the version before registered, which told nobody. It runs at every start, so that what an
 * instance of that version registers until it is replaced is told by the one that takes its place.
 */
@Component
public class AnnounceMethods implements ApplicationRunner {

    /** What is told in one transaction. */
    private static final int BATCH = 100;

    private final BillingMethods methods;
    private final BillingEvents events;
    private final TransactionOperations transaction;

    AnnounceMethods(BillingMethods methods, BillingEvents events, TransactionOperations transaction) {
        this.methods = methods;
        this.events = events;
        this.transaction = transaction;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        announce();
    }

    /**
     * Tells of each that can be charged and was not told of; of those of a batch all or none.
     *
     * @return how many
     */
    int announce() {
        int all = 0;
        int batch;
        do {
            batch = transaction.execute(_ -> {
                var unannounced = methods.takeUnannounced(BATCH);
                unannounced.forEach(events::registered);
                return unannounced.size();
            });
            all += batch;
        } while (batch == BATCH);
        return all;
    }
}
