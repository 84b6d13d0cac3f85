package dev.wonflow.payment.billing;

import dev.wonflow.runtime.TenantId;
import java.util.List;
import org.springframework.stereotype.Service;

/** Looks billing methods up for their tenant. */
@Service
public class FindMethods {

    private final BillingMethods methods;

    FindMethods(BillingMethods methods) {
        this.methods = methods;
    }

    /** Those that are not removed, oldest first. */
    public List<BillingMethod> of(TenantId tenant) {
        return methods.of(tenant);
    }

    /**
     * One, removed or not.
     *
     * @throws BillingMethodNotFound if the tenant has no such method
     */
    public BillingMethod find(TenantId tenant, BillingMethodId id) {
        return methods.find(tenant, id).orElseThrow(() -> new BillingMethodNotFound(id));
    }
}
