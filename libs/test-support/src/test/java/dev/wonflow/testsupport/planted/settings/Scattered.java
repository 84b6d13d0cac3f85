package dev.wonflow.testsupport.planted.settings;

import org.springframework.beans.factory.annotation.Value;

/** A class with a setting in its constructor. */
final class Scattered {

    private final int limit;

    Scattered(@Value("${mug.limit:5}") int limit) {
        this.limit = limit;
    }

    int limit() {
        return limit;
    }
}
