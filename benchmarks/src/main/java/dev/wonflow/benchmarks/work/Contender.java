package dev.wonflow.benchmarks.work;

import java.sql.SQLException;
import java.time.Duration;

/** One way of doing planned work. */
interface Contender {

    /** Items one instance works on at the same time. */
    int AT_ONCE = 50;

    String name();

    /** DDL of its tables. */
    String tables();

    /** The table its items are in until they are done. */
    String table();

    /** Plans so many items that are due at once. */
    String plan(int items);

    /**
     * Starts instances that work until they are closed. Each item waits for {@code call} and then leaves its effect.
     */
    Running start(int instances, Duration call) throws SQLException;

    /** Instances at work. */
    interface Running extends AutoCloseable {

        @Override
        void close();
    }
}
