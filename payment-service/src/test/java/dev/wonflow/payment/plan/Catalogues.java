package dev.wonflow.payment.plan;

import java.util.Optional;

/** Catalogues for tests without a database. */
public final class Catalogues {

    private Catalogues() {}

    /** Nothing was told about any plan; what buys none does not ask. */
    public static ComparePrice unread() {
        return new ComparePrice(
                new PlanPrices() {

                    @Override
                    public Optional<PlanPrice> find(String plan) {
                        return Optional.empty();
                    }

                    @Override
                    public boolean isEmpty() {
                        return true;
                    }

                    @Override
                    public boolean take(PlanPrice price) {
                        throw new IllegalStateException(price + ": told (expected: no plan in this test)");
                    }
                },
                () -> true);
    }
}
