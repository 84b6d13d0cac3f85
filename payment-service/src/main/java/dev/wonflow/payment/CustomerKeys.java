package dev.wonflow.payment;

import java.security.SecureRandom;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Mints the name of a buyer towards Toss. Guessing one would allow to use the buyer's stored cards, so unlike our ids
 * these follow neither time nor order.
 */
@Component
public class CustomerKeys {

    private static final long VERSION_MASK = 0xFFFF_FFFF_FFFF_0FFFL;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final SecureRandom random;

    public CustomerKeys(SecureRandom random) {
        this.random = random;
    }

    public String next() {
        return new UUID((random.nextLong() & VERSION_MASK) | VERSION_4, (random.nextLong() & VARIANT_MASK) | VARIANT)
                .toString();
    }
}
