package dev.wonflow.payment.charge;

import java.time.Clock;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Takes in that a billing method is to be charged. */
@Service
public class RequestCharge {

    private final Charges charges;
    private final Clock clock;

    RequestCharge(Charges charges, Clock clock) {
        this.charges = charges;
        this.clock = clock;
    }

    /**
     * Stores the charge and plans it, once however often it is asked for.
     *
     * @throws ChargeContradicts if the same charge was asked for with other words
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void request(Charge charge) {
        if (charges.add(charge)) {
            charges.plan(charge.id(), clock.instant());
            return;
        }
        if (!charges.find(charge.id()).orElseThrow().asksFor(charge)) {
            throw new ChargeContradicts(charge.id());
        }
    }
}
