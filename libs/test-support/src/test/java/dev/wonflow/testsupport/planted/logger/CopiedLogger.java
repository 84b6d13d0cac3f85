package dev.wonflow.testsupport.planted.logger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A class with the logger of another one. */
final class CopiedLogger {

    private static final Logger log = LoggerFactory.getLogger(String.class);

    void say() {
        log.info("not me");
    }
}
