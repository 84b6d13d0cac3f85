package dev.wonflow.payment.refund;

import dev.wonflow.payment.gateway.GatewayCancel;
import dev.wonflow.payment.gateway.GatewayPayment;
import dev.wonflow.payment.payment.Cancels;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.RefundOrigin;
import dev.wonflow.runtime.CrashPoint;
import dev.wonflow.runtime.IdSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Finds out what each cancel at Toss was: a refund of ours whose answer may be lost, or one asked for elsewhere. */
@Service
public class NoteCancels implements Cancels {

    private static final Logger log = LoggerFactory.getLogger(NoteCancels.class);

    /** What is left grows less with every cancel. */
    private static final Comparator<GatewayCancel> AS_MADE =
            Comparator.comparing(GatewayCancel::balanceAfter).reversed();

    private final Refunds refunds;
    private final IdSource ids;

    NoteCancels(Refunds refunds, IdSource ids) {
        this.refunds = refunds;
        this.ids = ids;
    }

    @Override
    public List<Noted> note(Payment payment, GatewayPayment seen, Instant now) {
        Set<String> known = refunds.transactionKeys(seen.paymentKey());
        List<GatewayCancel> news = seen.cancels().stream()
                .filter(cancel -> cancel.state() == GatewayCancel.State.DONE)
                .filter(cancel -> !known.contains(cancel.transactionKey()))
                .sorted(AS_MADE)
                .toList();
        if (news.isEmpty()) {
            return List.of();
        }
        List<Refund> open = new ArrayList<>(refunds.open(payment.id()));
        List<Noted> noted = new ArrayList<>();
        for (GatewayCancel cancel : news) {
            Optional<Refund> ours = open.stream()
                    .filter(refund -> refund.became(cancel, seen.paymentKey()))
                    .findFirst();
            ours.ifPresentOrElse(
                    refund -> {
                        refunds.save(refund.done(cancel, now));
                        open.remove(refund);
                    },
                    () -> adopt(payment, seen, cancel, now));
            noted.add(new Noted(cancel.amount(), ours.map(Refund::origin).orElse(RefundOrigin.EXTERNAL)));
        }
        CrashPoint.hit("refund.settling");
        return noted;
    }

    private void adopt(Payment payment, GatewayPayment seen, GatewayCancel cancel, Instant now) {
        log.info("Payment {}: {} went back that nobody asked for here", payment.id(), cancel.amount());
        refunds.add(Refund.external(new RefundId(ids.next()), payment.id(), seen.paymentKey(), cancel, now), null);
    }
}
