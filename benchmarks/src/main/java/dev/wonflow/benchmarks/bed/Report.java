package dev.wonflow.benchmarks.bed;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** What a benchmark found. */
public interface Report {

    /** The figures worth looking at first. */
    String table();

    /**
     * Writes all figures to a file.
     *
     * @return the file
     */
    Path write(Path directory, Clock clock) throws IOException;

    /** Whether everything was done that was to be measured, however fast. */
    default boolean succeeded() {
        return true;
    }
}
