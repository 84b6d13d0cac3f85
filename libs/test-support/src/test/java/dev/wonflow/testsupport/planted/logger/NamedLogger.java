package dev.wonflow.testsupport.planted.logger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A class with a logger of a free name. */
final class NamedLogger {

    private static final Logger log = LoggerFactory.getLogger("mug");

    void say() {
        log.info("not me");
    }
}
