package dev.wonflow.payment.seal;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Brings all secrets under the key that seals now, some at a time, each time in a transaction of its own: whatever is
 * killed, the next run goes on where this one was. Every instance may do it at once.
 */
public final class Reseal {

    private static final Logger log = LoggerFactory.getLogger(Reseal.class);

    private final List<SealedStore> stores;
    private final Seal seal;
    private final int batch;
    private final TransactionOperations transaction;

    public Reseal(List<SealedStore> stores, Seal seal, int batch, TransactionOperations transaction) {
        this.stores = List.copyOf(stores);
        this.seal = seal;
        this.batch = batch;
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
        int step;
        do {
            step = transaction.execute(_ -> store.reseal(batch));
            all += step;
        } while (step > 0);
        if (all > 0) {
            log.info("Sealed {} {} anew, {} are left", all, store.contents(), store.sealedUnderOthers());
        }
        return all;
    }
}
