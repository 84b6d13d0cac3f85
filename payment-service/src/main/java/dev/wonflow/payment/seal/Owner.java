package dev.wonflow.payment.seal;

import dev.wonflow.runtime.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What a sealed secret belongs to.
 *
 * @param purpose what the secret is; no purpose is the beginning of another one
 */
public record Owner(String purpose, TenantId tenant, UUID id) {

    /** The id has a fixed length, so that no two owners are the same bytes. */
    public byte[] bytes() {
        byte[] what = purpose.getBytes(StandardCharsets.US_ASCII);
        byte[] whose = tenant.value().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(what.length + 2 * Long.BYTES + whose.length)
                .put(what)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(whose)
                .array();
    }
}
