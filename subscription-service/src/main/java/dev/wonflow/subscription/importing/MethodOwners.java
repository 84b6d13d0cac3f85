package dev.wonflow.subscription.importing;

import dev.wonflow.runtime.TenantId;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Whose the billing methods are that may be charged. */
@FunctionalInterface
public interface MethodOwners {

    /** The tenants of those that are known here and not removed. */
    Map<UUID, TenantId> of(Collection<UUID> methods);
}
