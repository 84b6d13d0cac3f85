package dev.wonflow.runtime;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A place where a test can have the process die, as if the machine had lost its power. Nothing but the system property
 * {@value #PROPERTY} at the start of the JVM turns one on; without it all of them together cost a comparison with null
 * that the compiler removes.
 */
public final class CrashPoint {

    /** Name of the one point at which this process dies. */
    public static final String PROPERTY = "wonflow.test.crash-at";

    /** What a kill by the kernel looks like to a parent process. */
    static final int EXIT_CODE = 137;

    private static final Logger log = LoggerFactory.getLogger(CrashPoint.class);

    private static final @Nullable String CHOSEN = System.getProperty(PROPERTY);

    private CrashPoint() {}

    /** Dies here if this is the chosen point: no finally, no shutdown hook, no rollback that is asked for. */
    public static void hit(String point) {
        if (CHOSEN != null && CHOSEN.equals(point)) {
            log.warn("Dying at crash point {}", point);
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
