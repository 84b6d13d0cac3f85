package dev.wonflow.audit;

import dev.wonflow.access.Caller;
import dev.wonflow.access.Operator;
import dev.wonflow.runtime.TenantId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller did.
 *
 * @param tenant whose it is; {@code null} if an operator did it, who is of none
 * @param subject person or program, as the token says
 * @param client program the token was issued to; {@code null} if the issuer does not say
 * @param action its name, such as {@code order.ship}
 * @param object id of the thing it was done to
 * @param before facts about it that the action may change; {@code null} if it came to be by this
 * @param after the same facts afterwards
 * @param why the reason given; {@code null} if none was
 */
public record AuditEntry(
        @Nullable TenantId tenant,
        String subject,
        @Nullable String client,
        String action,
        String object,
        @Nullable Map<String, Object> before,
        Map<String, Object> after,
        @Nullable String why) {

    /** Checks that facts are plain: a whole object might hold what must not be kept for ever, such as card data. */
    public AuditEntry {
        if (before != null) {
            before = plain(before);
        }
        after = plain(after);
    }

    /** What somebody of a tenant did. */
    public AuditEntry(
            Caller caller,
            String action,
            String object,
            @Nullable Map<String, Object> before,
            Map<String, Object> after,
            @Nullable String why) {
        this(caller.tenant(), caller.subject(), caller.client(), action, object, before, after, why);
    }

    /** What an operator did. */
    public AuditEntry(
            Operator operator,
            String action,
            String object,
            @Nullable Map<String, Object> before,
            Map<String, Object> after,
            @Nullable String why) {
        this(null, operator.subject(), operator.client(), action, object, before, after, why);
    }

    private static Map<String, Object> plain(Map<String, Object> facts) {
        facts.forEach((name, value) -> {
            if (!(value instanceof String || value instanceof Long || value instanceof Boolean)) {
                throw new IllegalArgumentException("audit fact " + name + ": "
                        + value.getClass().getSimpleName() + " (expected: text, whole number or boolean)");
            }
        });
        return Map.copyOf(facts);
    }
}
