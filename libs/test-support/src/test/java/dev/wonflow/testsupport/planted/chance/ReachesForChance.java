package dev.wonflow.testsupport.planted.chance;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Each way to reach for chance, and two ways to be given it. */
final class ReachesForChance {

    Random random() {
        return new Random();
    }

    Supplier<Random> reference() {
        return Random::new;
    }

    SecureRandom secure() {
        return new SecureRandom();
    }

    SplittableRandom splittable() {
        return new SplittableRandom();
    }

    int ofTheThread() {
        return ThreadLocalRandom.current().nextInt();
    }

    double math() {
        return Math.random();
    }

    void shuffle(List<String> mugs) {
        Collections.shuffle(mugs);
    }

    RandomGenerator generator() {
        return RandomGenerator.getDefault();
    }

    int given(RandomGenerator random) {
        return random.nextInt();
    }

    SplittableRandom givenBySeed(long seed) {
        return new SplittableRandom(seed);
    }
}
