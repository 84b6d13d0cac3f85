package dev.wonflow.subscription.invoice;

import dev.wonflow.access.Operator;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.audit.AuditTrail;
import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** What operators give: coupons to whoever knows their codes, and credit to a tenant. Safe to repeat. */
@Service
public class GiveReductions {

    private final Coupons coupons;
    private final Credits credits;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionOperations transaction;

    GiveReductions(Coupons coupons, Credits credits, AuditTrail audit, Clock clock, TransactionOperations transaction) {
        this.coupons = coupons;
        this.credits = credits;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    /**
     * Makes a coupon.
     *
     * @return it as it is kept
     * @throws CouponExists if there is another one of the code
     */
    public Coupons.Kept make(Coupon coupon, Operator operator) {
        return transaction.execute(_ -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            if (coupons.add(coupon, now)) {
                audit.record(new AuditEntry(
                        operator,
                        "coupon.make",
                        coupon.code(),
                        null,
                        Map.of(
                                "percent",
                                (long) coupon.percent(),
                                "won",
                                coupon.won().won()),
                        null));
            }
            Coupons.Kept kept = coupons.find(coupon.code()).orElseThrow();
            if (!kept.coupon().equals(coupon)) {
                throw new CouponExists(coupon.code());
            }
            return kept;
        });
    }

    /** Has a coupon not be redeemed any more. None if there is none. */
    public Optional<Coupons.Kept> withdraw(String code, Operator operator) {
        return transaction.execute(_ -> {
            Optional<Coupons.Kept> before = coupons.find(code);
            if (before.isPresent() && before.get().withdrawnAt() == null) {
                coupons.withdraw(code, clock.instant().truncatedTo(ChronoUnit.MICROS));
                audit.record(new AuditEntry(operator, "coupon.withdraw", code, null, Map.of("withdrawn", true), null));
            }
            return coupons.find(code);
        });
    }

    /**
     * Gives a tenant credit, once for each id.
     *
     * @param id of the entry, from whoever gives it
     * @return the balance then
     * @throws CreditExists if the id is that of another entry
     */
    public Money grant(UUID id, TenantId tenant, String product, long won, String reason, Operator operator) {
        try {
            return granted(id, tenant, product, won, reason, operator);
        } catch (DuplicateKeyException _) {
            // Somebody gave it at the same time; now it is seen what.
            return granted(id, tenant, product, won, reason, operator);
        }
    }

    private Money granted(UUID id, TenantId tenant, String product, long won, String reason, Operator operator) {
        return transaction.execute(_ -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            CreditEntry wanted = new CreditEntry(id, tenant, product, CreditEntry.Kind.GRANTED, won, null, reason, now);
            Optional<CreditEntry> before = credits.find(id);
            if (before.isPresent() && !before.get().isSameGift(wanted)) {
                throw new CreditExists(id);
            }
            if (before.isEmpty()) {
                credits.add(List.of(wanted));
                audit.record(new AuditEntry(
                        operator,
                        "credit.grant",
                        id.toString(),
                        null,
                        Map.of("tenant", tenant.value(), "product", product, "won", won),
                        reason));
            }
            return credits.balance(tenant, product);
        });
    }

    /** Another tenant was given credit under the id, or this one another sum. */
    public static final class CreditExists extends RuntimeException {

        private static final long serialVersionUID = 1L;

        CreditExists(UUID id) {
            super("credit " + id + ": given before, otherwise (expected: the same, or another id)");
        }
    }

    /** There is another coupon of the code. */
    public static final class CouponExists extends RuntimeException {

        private static final long serialVersionUID = 1L;

        CouponExists(String code) {
            super("coupon " + code + ": there is another one (expected: the same, or another code)");
        }
    }
}
