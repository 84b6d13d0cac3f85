package dev.wonflow.sandbox.payment.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of how payments are written. Toss adds fields and values without a new version; these two try whether a
 * client bears it.
 *
 * @param unknownField Whether every payment carries {@code simulatorExtra}, which no client knows
 * @param unknownValues Whether words of open lists, such as method, card type or account type, are ones no client
 *     knows; the status stays as it is
 */
@ConfigurationProperties("wonflow.sandbox.payment-json")
record PaymentJsonSettings(
        @DefaultValue("false") boolean unknownField,
        @DefaultValue("false") boolean unknownValues) {}
