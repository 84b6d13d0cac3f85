package dev.wonflow.sandbox.exchange.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of answering calls.
 *
 * @param longestBody longest body of a request; a longer one is an INVALID_REQUEST. The longest request there is comes
 *     to some 1.4 MB: a hundred payouts with all their metadata, encrypted
 */
@ConfigurationProperties("wonflow.sandbox.exchange")
record ExchangeSettings(@DefaultValue("2MB") DataSize longestBody) {

    ExchangeSettings {
        if (longestBody.toBytes() < 1) {
            throw new IllegalArgumentException(
                    "wonflow.sandbox.exchange.longest-body: " + longestBody + " (expected: > 0)");
        }
    }
}
