package dev.wonflow.access;

import org.jspecify.annotations.Nullable;

/**
 * Who calls a route of operators, as the token says; a parameter of handlers.
 *
 * @param subject person or program ({@code sub})
 * @param client program the token was issued to ({@code client_id}, or {@code azp}); none if the issuer does not say
 */
public record Operator(String subject, @Nullable String client) {}
