package dev.wonflow.testsupport;

import dev.wonflow.runtime.IdSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Ids a test can foresee: {@code 00000000-0000-7000-8000-000000000001}, then {@code …2}. Thread-safe. */
public final class SequentialIds implements IdSource {

    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final AtomicLong last = new AtomicLong();

    /** The id the source answers at its {@code n}-th call, counted from 1. */
    public static UUID id(long n) {
        return new UUID(VERSION_7, VARIANT | n);
    }

    @Override
    public UUID next() {
        return id(last.incrementAndGet());
    }
}
