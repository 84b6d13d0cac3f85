package dev.wonflow.sandbox.control.web;

import java.util.List;
import java.util.stream.Stream;

/**
 * One page of a list.
 *
 * @param page counted from zero
 * @param more whether there is another page after it
 */
record Listing<T>(List<T> rows, int page, boolean more) {

    /** Few enough to be read, and to be drawn again with every webhook. */
    static final int ROWS = 50;

    /** Farther than anybody turns pages. */
    private static final int LAST_PAGE = 10_000;

    /**
     * Cuts a page out of what matches.
     *
     * @param page any number; what is none of a page is brought into range
     */
    static <T> Listing<T> of(Stream<T> matching, int page) {
        int wanted = within(page);
        List<T> found = matching.skip((long) wanted * ROWS).limit(ROWS + 1L).toList();
        return new Listing<>(found.stream().limit(ROWS).toList(), wanted, found.size() > ROWS);
    }

    private static int within(int page) {
        return Math.clamp(page, 0, LAST_PAGE);
    }
}
