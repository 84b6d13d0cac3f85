package dev.wonflow.order.checkout;

import dev.wonflow.order.cart.Cart;
import dev.wonflow.runtime.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What an upstream system asks us to sell.
 *
 * @param id of the request among those of its tenant: {@code source|id} of a CloudEvent that names its source, or else
 *     the id alone
 */
public record CheckoutRequest(String id, TenantId tenantId, Cart cart) {

    /**
     * Names the request among those of all tenants. A digest: tenant and id together are longer than an inbox takes.
     */
    public String claimId() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(tenantId.value().getBytes(StandardCharsets.UTF_8));
            // Neither text has control characters, so no two pairs look alike.
            digest.update((byte) 0);
            return HexFormat.of().formatHex(digest.digest(id.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: missing (expected: every Java has it)", e);
        }
    }
}
