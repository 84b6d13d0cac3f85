package dev.wonflow.sandbox.billing;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.merchant.Merchant;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Deletes a billing key: no charge begins after it. */
@Component
public class DeleteBillingKey {

    private final BillingKeys billingKeys;
    private final BillingChanges changes;
    private final Assumptions assumptions;
    private final Clock clock;

    DeleteBillingKey(BillingKeys billingKeys, BillingChanges changes, Assumptions assumptions, Clock clock) {
        this.billingKeys = billingKeys;
        this.changes = changes;
        this.assumptions = assumptions;
        this.clock = clock;
    }

    /**
     * Deletes a key for its merchant.
     *
     * @return whether it was there; false where a second deletion is as good as the first
     * @throws Refused if the merchant has none of this name, or has deleted it already
     */
    public boolean delete(Merchant merchant, String billingKey) {
        BillingKey found = billingKeys
                .find(billingKey)
                .filter(key -> key.mId().equals(merchant.mId()))
                .orElseThrow(() -> new Refused(assumptions.deleteOfUnknownBillingKey()));
        if (deleted(found, null)) {
            return true;
        }
        return switch (assumptions.secondBillingDelete()) {
            case ALREADY_REMOVED_BILLING_KEY -> throw new Refused(TossError.ALREADY_REMOVED_BILLING_KEY);
            case NOT_FOUND_BILLING -> throw new Refused(TossError.NOT_FOUND_BILLING);
            case OK -> false;
        };
    }

    /**
     * Deletes a key as Toss itself does, for instance when its card is gone.
     *
     * @return the key, deleted by now; empty if there is none
     */
    public Optional<BillingKey> deleteAsToss(String billingKey, @Nullable String reason) {
        billingKeys.find(billingKey).ifPresent(key -> {
            boolean _ = deleted(key, reason);
        });
        return billingKeys.find(billingKey);
    }

    /** Of two deletions at once one is the first, and only that one is announced. */
    private boolean deleted(BillingKey key, @Nullable String reason) {
        AtomicBoolean first = new AtomicBoolean();
        Optional<BillingKey> after = billingKeys.change(key.billingKey(), current -> {
            first.set(!current.isDeleted());
            return first.get() ? current.deleted(clock.instant()) : current;
        });
        if (first.get()) {
            after.ifPresent(deleted -> changes.deleted(deleted, reason));
        }
        return first.get();
    }
}
