package dev.wonflow.sandbox.acquisition;

import dev.wonflow.sandbox.calendar.BusinessDays;
import dev.wonflow.sandbox.clock.SandboxClock;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says of card payments how far their card companies have got by the sandbox clock. */
@Component
public class Acquisitions {

    private final BusinessDays businessDays;
    private final AcquisitionSettings settings;
    private final Clock clock;

    Acquisitions(BusinessDays businessDays, AcquisitionSettings settings, Clock clock) {
        this.businessDays = businessDays;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The status of a payment by card. Up to the request a cancel is immediate, and the card company never hears of it;
     * later each cancel takes days, and leaves what is not cancelled as it was.
     *
     * @param approvedAt null if it was not
     * @param lastCanceledAt null if nothing was cancelled
     * @param nothingLeft whether all of it was cancelled
     */
    public AcquireStatus status(@Nullable Instant approvedAt, @Nullable Instant lastCanceledAt, boolean nothingLeft) {
        if (approvedAt == null) {
            return AcquireStatus.READY;
        }
        LocalDate sold = SandboxClock.dayOf(approvedAt);
        LocalDate today = SandboxClock.dayOf(clock.instant());
        if (!businessDays.havePassed(sold, settings.requestedAfter(), today)) {
            return AcquireStatus.READY;
        }
        if (lastCanceledAt != null) {
            LocalDate canceled = SandboxClock.dayOf(lastCanceledAt);
            boolean early = !businessDays.havePassed(sold, settings.requestedAfter(), canceled);
            if (!early && !businessDays.havePassed(canceled, settings.canceledAfter(), today)) {
                return AcquireStatus.CANCEL_REQUESTED;
            }
            if (nothingLeft) {
                return early ? AcquireStatus.READY : AcquireStatus.CANCELED;
            }
        }
        return businessDays.havePassed(sold, settings.completedAfter(), today)
                ? AcquireStatus.COMPLETED
                : AcquireStatus.REQUESTED;
    }
}
