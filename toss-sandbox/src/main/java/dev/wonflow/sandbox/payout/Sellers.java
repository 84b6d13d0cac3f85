package dev.wonflow.sandbox.payout;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** The sellers of all merchants, in the order of their registration. */
@Component
class Sellers {

    private record Reference(String mId, String refSellerId) {

        static Reference of(Seller seller) {
            return new Reference(seller.mId(), seller.refSellerId());
        }
    }

    private final LinkedHashMap<String, Seller> byId = new LinkedHashMap<>();
    private final Set<Reference> references = new HashSet<>();
    private final int capacity;

    Sellers(PayoutSettings settings) {
        this.capacity = settings.sellerCapacity();
    }

    /** Answers whether the merchant had none of this reference, not even a deleted one; otherwise nothing is added. */
    synchronized boolean add(Seller seller) {
        if (!references.add(Reference.of(seller))) {
            return false;
        }
        byId.put(seller.id(), seller);
        if (byId.size() > capacity) {
            references.remove(Reference.of(byId.pollFirstEntry().getValue()));
        }
        return true;
    }

    /** The seller, deleted or not. */
    synchronized Optional<Seller> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The sellers of a merchant that are not deleted. */
    synchronized List<Seller> of(String mId) {
        return byId.values().stream()
                .filter(seller -> seller.mId().equals(mId) && !seller.deleted())
                .toList();
    }

    /** Takes one step of one seller; what the step throws changes nothing. */
    synchronized Optional<Seller> change(String id, UnaryOperator<Seller> step) {
        return Optional.ofNullable(byId.computeIfPresent(id, (_, seller) -> step.apply(seller)));
    }

    synchronized List<Seller> all() {
        return new ArrayList<>(byId.values());
    }

    synchronized void replaceAll(List<Seller> sellers) {
        byId.clear();
        references.clear();
        sellers.forEach(this::add);
    }
}
