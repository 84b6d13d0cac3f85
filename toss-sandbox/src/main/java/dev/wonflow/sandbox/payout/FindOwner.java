package dev.wonflow.sandbox.payout;

import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds out whose seller or payout an id belongs to. */
@Component
public class FindOwner {

    private final Sellers sellers;
    private final Payouts payouts;

    FindOwner(Sellers sellers, Payouts payouts) {
        this.sellers = sellers;
        this.payouts = payouts;
    }

    /** The id of the merchant; empty if nobody has a seller or a payout under the id. */
    public Optional<String> of(String id) {
        return sellers.find(id).map(Seller::mId).or(() -> payouts.find(id).map(Payout::mId));
    }
}
