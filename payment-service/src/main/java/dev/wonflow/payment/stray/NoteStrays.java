package dev.wonflow.payment.stray;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.ledger.Ledger;
import dev.wonflow.payment.ledger.LedgerEntry;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentNotFound;
import dev.wonflow.payment.payment.Payments;
import dev.wonflow.payment.payment.Stray;
import dev.wonflow.payment.payment.Strays;
import dev.wonflow.runtime.CrashPoint;
import dev.wonflow.runtime.IdSource;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Keeps what does not count for its order, posts it to suspense, and has it gone after at once. */
@Service
public class NoteStrays implements Strays {

    private static final Logger log = LoggerFactory.getLogger(NoteStrays.class);

    private final StrayCaptures strays;
    private final Payments payments;
    private final Ledger ledger;
    private final IdSource ids;

    NoteStrays(StrayCaptures strays, Payments payments, Ledger ledger, IdSource ids) {
        this.strays = strays;
        this.payments = payments;
        this.ledger = ledger;
        this.ids = ids;
    }

    @Override
    public void note(Payment payment, Stray stray, Instant now) {
        StrayCapture found = StrayCapture.found(new StrayCaptureId(ids.next()), payment, stray, now);
        if (!strays.add(found)) {
            return;
        }
        ledger.post(LedgerEntry.stray(
                payment.ledgerSource(),
                LedgerEntry.Kind.STRAY_CAPTURED,
                found.paymentKey().value(),
                found.amount(),
                now));
        strays.plan(found.id(), now);
        log.warn(
                "Payment {}: {} under {} do not count ({})",
                payment.id(),
                stray.held(),
                stray.paymentKey(),
                stray.reason());
        CrashPoint.hit("stray.noting");
    }

    @Override
    public void note(PaymentId id, Stray stray, Instant now) {
        Payment payment = payments.findAndHoldById(id).orElseThrow(() -> new PaymentNotFound(id));
        if (!payment.isOfAttempt(stray.paymentKey())) {
            note(payment, stray, now);
        }
    }

    @Override
    public boolean isGivenBack(PaymentKey key) {
        return strays.find(key)
                .filter(stray -> switch (stray.status()) {
                    case UNKNOWN, REFUNDED -> true;
                    case FOUND, LEFT, COUNTED, NOT_HELD -> false;
                })
                .isPresent();
    }
}
