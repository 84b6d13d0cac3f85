package dev.wonflow.access;

import org.springframework.security.core.AuthenticationException;

/** Nobody can say whether a token is good: the issuer does not answer, and we know no key of it that may be the one. */
final class KeysAway extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    KeysAway(Throwable cause) {
        super("keys of the issuer: not to be had", cause);
    }
}
