package dev.wonflow.sandbox.trigger;

import java.util.List;

/**
 * What happened.
 *
 * @param summary one line for a reader
 * @param about what its webhooks carry somewhere in their bodies
 * @param steps in the order they were taken
 */
public record Outcome(String summary, String about, List<Step> steps) {

    /**
     * One step on the way.
     *
     * @param what who did what
     * @param result what came of it: mostly a status
     */
    public record Step(String what, String result) {}
}
