package dev.wonflow.testsupport.planted.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** Settings that are no record. */
@ConfigurationProperties("mug")
final class Changeable {

    private int limit;

    int getLimit() {
        return limit;
    }

    void setLimit(int limit) {
        this.limit = limit;
    }
}
