package dev.wonflow.sandbox.settlement;

import dev.wonflow.sandbox.calendar.BusinessDays;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.payment.Acceptance;
import dev.wonflow.sandbox.payment.PaidOut;
import dev.wonflow.sandbox.payment.Payment;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Says of a payment whether its sale has been paid out by the sandbox clock. That settlements of test payments are not
 * listed makes no difference: a shop is to see the whole life of a payment.
 */
@Component
class PaidOutSales implements PaidOut {

    private final RequestedSettlements requests;
    private final SettlementSettings settings;
    private final BusinessDays businessDays;
    private final Clock clock;

    PaidOutSales(RequestedSettlements requests, SettlementSettings settings, BusinessDays businessDays, Clock clock) {
        this.requests = requests;
        this.settings = settings;
        this.businessDays = businessDays;
        this.clock = clock;
    }

    @Override
    public boolean isPaidOut(Payment payment) {
        LocalDate today = SandboxClock.dayOf(clock.instant());
        // Settled from the day after the sale on, even where the contract pays it out on the day itself.
        return soldDate(payment)
                .filter(today::isAfter)
                .filter(sold -> businessDays.havePassed(sold, settings.businessDays(), today))
                .isPresent();
    }

    private Optional<LocalDate> soldDate(Payment payment) {
        return settings.manual()
                ? requests.of(payment.paymentKey()).map(RequestedSettlements.Requested::on)
                : Optional.ofNullable(payment.acceptance())
                        .map(Acceptance::approvedAt)
                        .map(SandboxClock::dayOf);
    }
}
