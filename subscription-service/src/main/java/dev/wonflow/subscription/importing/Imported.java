package dev.wonflow.subscription.importing;

import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as the merchant had it elsewhere.
 *
 * @param planVersion version of the plan whose price holds; null: the newest on sale
 * @param quantity seats
 * @param methodId what is charged; registered here, or imported before
 * @param zone in which days begin and end
 * @param anchor when the first of its periods began, from which all are counted
 * @param paidUntil end of the period that is paid for; null: it is on trial
 * @param trialEndsAt end of the trial; null: it is none
 * @param endsThen whether it ends with that period
 */
public record Imported(
        TenantId tenant,
        String plan,
        @Nullable Long planVersion,
        int quantity,
        UUID methodId,
        ZoneId zone,
        @Nullable Instant anchor,
        @Nullable Instant paidUntil,
        @Nullable Instant trialEndsAt,
        boolean endsThen) {}
