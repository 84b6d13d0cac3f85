package dev.wonflow.sandbox.billing;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.merchant.KeyPair;
import dev.wonflow.sandbox.merchant.Merchant;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Issues a billing key (빌링키 발급), for an authKey of the billing window or for a card as its owner spells it out. */
@Component
public class IssueBillingKey {

    private static final int LONGEST_AUTH_KEY = 300;

    private final BillingAuthorizations authorizations;
    private final BillingKeys billingKeys;
    private final BillingKeyMint mint;
    private final Assumptions assumptions;
    private final Clock clock;

    IssueBillingKey(
            BillingAuthorizations authorizations,
            BillingKeys billingKeys,
            BillingKeyMint mint,
            Assumptions assumptions,
            Clock clock) {
        this.authorizations = authorizations;
        this.billingKeys = billingKeys;
        this.mint = mint;
        this.assumptions = assumptions;
        this.clock = clock;
    }

    /**
     * Exchanges an authKey. It is spent by success only.
     *
     * @param customerKey has to be the one the window was opened for
     * @throws Refused if the authKey is unknown, spent or too old, or is another merchant's or customer's
     */
    public BillingKey byAuthKey(KeyPair keys, String authKey, String customerKey) {
        CustomerKeys.check(customerKey);
        if (authKey.length() > LONGEST_AUTH_KEY) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        Instant now = clock.instant();
        AuthKey exchanged = authorizations
                .changeAuthKey(authKey, found -> {
                    check(found, keys, customerKey, now);
                    return found.exchanged();
                })
                .orElseThrow(() -> new Refused(assumptions.issueByInvalidAuthKey()));
        return issued(keys.merchant(), customerKey, exchanged.method(), exchanged.card(), exchanged.account(), now);
    }

    private void check(AuthKey authKey, KeyPair keys, String customerKey, Instant now) {
        if (!authKey.clientKey().equals(keys.clientKey())) {
            throw new Refused(TossError.INVALID_API_KEY);
        }
        if (!authKey.isGood(now)) {
            throw new Refused(assumptions.issueByInvalidAuthKey());
        }
        if (!authKey.customerKey().equals(customerKey)) {
            throw new Refused(assumptions.issueForAnotherCustomer());
        }
    }

    /**
     * Issues a key for a card.
     *
     * @throws Refused if the card is none, has expired, or gets no billing key
     */
    public BillingKey byCard(KeyPair keys, String customerKey, CardDetails card) {
        CustomerKeys.check(customerKey);
        Instant now = clock.instant();
        BillingCard checked = card.checked(now, assumptions.cardNumbersByBin());
        return issued(keys.merchant(), customerKey, BillingMethod.CARD, checked, null, now);
    }

    private BillingKey issued(
            Merchant merchant,
            String customerKey,
            BillingMethod method,
            @Nullable BillingCard card,
            @Nullable BillingAccount account,
            Instant now) {
        BillingKey issued =
                new BillingKey(mint.billingKey(), merchant.mId(), customerKey, method, card, account, now, null);
        billingKeys.add(issued);
        return issued;
    }
}
