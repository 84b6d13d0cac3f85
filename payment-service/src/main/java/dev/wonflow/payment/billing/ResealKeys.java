package dev.wonflow.payment.billing;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Brings all billing keys under the key that seals now, some at a time, each time in a transaction of its own: whatever
 * is killed, the next run goes on where this one was. Every instance may do it at once.
 */
public final class ResealKeys {

    private static final Logger log = LoggerFactory.getLogger(ResealKeys.class);

    private final BillingMethods methods;
    private final KeySeal seal;
    private final int batch;
    private final TransactionOperations transaction;

    ResealKeys(BillingMethods methods, KeySeal seal, int batch, TransactionOperations transaction) {
        this.methods = methods;
        this.seal = seal;
        this.batch = batch;
        this.transaction = transaction;
    }

    /**
     * Seals anew what is not sealed as it should be.
     *
     * @return how many
     */
    public int runOnce() {
        if (!seal.isSetUp()) {
            return 0;
        }
        int all = 0;
        int step;
        do {
            step = transaction.execute(_ -> methods.reseal(batch));
            all += step;
        } while (step > 0);
        if (all > 0) {
            log.info("Sealed {} billing keys anew, {} are left", all, methods.sealedUnderOthers());
        }
        return all;
    }
}
