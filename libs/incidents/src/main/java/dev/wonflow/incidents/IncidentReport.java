package dev.wonflow.incidents;

import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that must not happen and that no retry repairs.
 *
 * @param about what it happened to, such as the id of a payment
 * @param kind stable word in capitals; in the row, and in small letters the tag of the counter
 * @param urgency whether someone has to act on a single one
 * @param tenantId whose it is, if that is known
 * @param detail what was found and what was expected; at most 500 characters are kept
 */
public record IncidentReport(
        String about,
        String kind,
        Urgency urgency,
        @Nullable TenantId tenantId,
        String detail,
        Instant at) {

    /** Whether someone has to act. */
    public enum Urgency {
        /** It was refused, or it harms nobody; many of them mean something. */
        NOTE,
        /** A person has to put it right. */
        ACT
    }
}
