package dev.wonflow.runtime;

import java.util.UUID;

/** Where ids come from. Injected, so that a test can say which ids there will be. */
@FunctionalInterface
public interface IdSource {

    /** Answers an id never answered before; later ids sort after earlier ones (UUID version 7, RFC 9562). */
    UUID next();
}
