package dev.wonflow.payment.charge;

import dev.wonflow.incidents.IncidentReport;
import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.WebhookSecret;
import dev.wonflow.payment.billing.BillingMethodId;
import dev.wonflow.payment.billing.BillingMethodStatus;
import dev.wonflow.payment.billing.BillingWorld;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayPayment;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.World;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.testsupport.SequentialIds;
import dev.wonflow.work.WorkBackOff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A charge that was asked for, its method, and a Toss that says what a test wants. */
final class ChargeWorld {

    static final Money AMOUNT = Money.ofWon(29_000);
    static final ChargeId ID = new ChargeId(SequentialIds.id(77));

    final World payments = new World();
    final BillingWorld billing = new BillingWorld();
    final KeptCharges charges = new KeptCharges();
    final Map<TenantId, Duration> ahead = new HashMap<>();
    final TenantClocks clocks = new TenantClocks() {

        @Override
        public Clock of(TenantId tenant) {
            return Clock.offset(billing.clock, ahead.getOrDefault(tenant, Duration.ZERO));
        }

        @Override
        public Map<TenantId, Duration> moved() {
            return ahead;
        }
    };
    final List<ChargeEvent> published = new ArrayList<>();
    final BillingMethodId method;

    ChargeWorld(BillingMethodStatus status) {
        method = billing.given(status);
        charges.add(asked(AMOUNT));
    }

    ChargeWorld() {
        this(BillingMethodStatus.ACTIVE);
    }

    Charge asked(Money amount) {
        return Charge.requested(
                ID, PaymentFixture.CALLER.tenant(), method, "팀 요금제 1개월", amount, Money.ZERO, billing.clock.instant());
    }

    CarryOutCharge carryOutCharge() {
        return new CarryOutCharge(
                charges,
                billing.methods,
                billing.removeMethod(),
                billing.gateway,
                payments.openPaidPayment(),
                (_, event) -> published.add(event),
                billing.alerts::add,
                new ChargePace(new Unlimited(), 60, 1, Duration.ofSeconds(10), _ -> {}),
                new WorkBackOff(Duration.ofSeconds(2), Duration.ofMinutes(5)),
                () -> 0,
                billing.clock,
                clocks);
    }

    /** A turn of a worker that lives. */
    void turn(boolean first) throws InterruptedException {
        CarryOutCharge carryOutCharge = carryOutCharge();
        carryOutCharge.settle(ID, carryOutCharge.turn(ID, first));
    }

    /** A turn of a worker that dies before it can settle. */
    void turnCutShort(boolean first) throws InterruptedException {
        var _ = carryOutCharge().turn(ID, first);
    }

    Charge charge() {
        return charges.find(ID).orElseThrow();
    }

    List<String> kinds() {
        return billing.alerts.stream().map(IncidentReport::kind).toList();
    }

    static GatewayFinding.Seen seen(GatewayFinding.State state) {
        return seen(state, AMOUNT);
    }

    static GatewayFinding.Seen seen(GatewayFinding.State state, Money amount) {
        return new GatewayFinding.Seen(
                state,
                new GatewayPayment(
                        ID.orderId(),
                        new PaymentKey("bill_key_1"),
                        amount,
                        amount,
                        "KRW",
                        "카드",
                        state == GatewayFinding.State.DONE ? PaymentFixture.NOON : null,
                        null,
                        false,
                        new WebhookSecret(PaymentFixture.SECRET),
                        null),
                null);
    }

    /** A share that never ends. */
    private static final class Unlimited implements PaceBook {

        @Override
        public int take(int wanted, double perMinute) {
            return 1;
        }

        @Override
        public void rest(Duration rest, double perMinute) {}
    }

    /** Charges and when to go on with them. */
    static final class KeptCharges implements Charges {

        final Map<ChargeId, Charge> rows = new HashMap<>();
        final Map<ChargeId, Instant> planned = new HashMap<>();

        @Override
        public boolean add(Charge charge) {
            return rows.putIfAbsent(charge.id(), charge) == null;
        }

        @Override
        public void save(Charge charge) {
            rows.put(charge.id(), charge);
        }

        @Override
        public Optional<Charge> find(ChargeId id) {
            return Optional.ofNullable(rows.get(id));
        }

        @Override
        public Optional<Charge> findAndHold(ChargeId id) {
            return find(id);
        }

        @Override
        public void plan(ChargeId id, Instant due) {
            planned.put(id, due);
        }

        @Override
        public void hurry(TenantId tenant, Duration by) {
            planned.replaceAll((id, due) -> isOf(id, tenant) ? due.minus(by) : due);
        }

        private boolean isOf(ChargeId id, TenantId tenant) {
            return find(id).orElseThrow().tenantId().equals(tenant);
        }

        @Override
        public List<Instant> dues(TenantId tenant) {
            return planned.entrySet().stream()
                    .filter(plan -> isOf(plan.getKey(), tenant))
                    .map(Map.Entry::getValue)
                    .sorted()
                    .toList();
        }
    }
}
