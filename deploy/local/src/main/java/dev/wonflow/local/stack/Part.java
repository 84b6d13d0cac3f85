package dev.wonflow.local.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One process of the stack: how it is started, when it is healthy, how it is stopped. */
public interface Part {

    /** Its name in messages, and of its log. */
    String name();

    /** Every port it listens on, the one others use first. */
    List<Integer> ports();

    /** Names of the parts that must be healthy before it starts. */
    Set<String> needs();

    /** Parts stop stage by stage, the highest first. */
    int stopStage();

    /** The argument that no process but this part of this stack carries. */
    String mark();

    /** Prepares what the process needs unless that was done before, and answers how to start it. */
    Launch launch() throws IOException, InterruptedException;

    /**
     * Asks the running process whether it can do its work.
     *
     * @return empty if it can, else what it waits for
     */
    Optional<String> unready();

    /** Where others find it. */
    String address();

    /** Done once whenever it has become healthy after a start. */
    default void afterStart() throws SQLException {}

    /** The signal that ends it in order, without SIG. */
    default String stopSignal() {
        return "TERM";
    }

    /** How long an orderly end may take before it is killed. */
    default Duration stopLimit() {
        return Duration.ofSeconds(20);
    }

    /**
     * How to start a process.
     *
     * @param environment all its variables
     */
    record Launch(List<String> command, Map<String, String> environment, Path folder) {}
}
