package dev.wonflow.payment.gateway;

import java.util.Optional;

/** Keeps a buyer's name and telephone from readers of the database. */
public interface BuyerSeal {

    /**
     * Seals them.
     *
     * @param of what they belong to; they can be opened for that only
     */
    byte[] seal(Buyer buyer, String of);

    /** Empty if they were sealed with another key, for something else, or changed since. */
    Optional<Buyer> open(byte[] sealed, String of);
}
