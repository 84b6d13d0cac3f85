package dev.wonflow.payment.billing.seal;

import dev.wonflow.payment.billing.BillingMethodId;
import dev.wonflow.payment.billing.BillingNotSetUp;
import dev.wonflow.payment.billing.KeySeal;
import dev.wonflow.payment.billing.KeyUnreadable;
import dev.wonflow.payment.gateway.BillingKey;
import dev.wonflow.payment.seal.Owner;
import dev.wonflow.payment.seal.Seal;
import dev.wonflow.runtime.TenantId;
import org.springframework.stereotype.Component;

/** Binds each key to its tenant and its method. */
@Component
final class BoundKeySeal implements KeySeal {

    private static final String PURPOSE = "wonflow billing method 1";

    private final Seal seal;

    BoundKeySeal(Seal seal) {
        this.seal = seal;
    }

    @Override
    public byte[] seal(BillingKey key, TenantId tenant, BillingMethodId method) {
        return require().seal(key.value(), owner(tenant, method));
    }

    @Override
    public BillingKey open(byte[] sealed, TenantId tenant, BillingMethodId method) {
        return require()
                .open(sealed, owner(tenant, method))
                .map(BillingKey::new)
                .orElseThrow(() -> new KeyUnreadable(method));
    }

    @Override
    public int sealsUnder() {
        return require().sealsUnder();
    }

    @Override
    public boolean isSetUp() {
        return seal.isSetUp();
    }

    private Seal require() {
        if (!seal.isSetUp()) {
            throw new BillingNotSetUp();
        }
        return seal;
    }

    private static Owner owner(TenantId tenant, BillingMethodId method) {
        return new Owner(PURPOSE, tenant, method.value());
    }
}
