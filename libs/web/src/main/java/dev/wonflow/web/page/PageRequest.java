package dev.wonflow.web.page;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list a caller wants: {@code ?limit=&cursor=}; a parameter of handlers.
 *
 * @param limit most items of the page; {@value #DEFAULT_LIMIT} if the caller does not say
 * @param after the last item of the page before; none for the first page
 */
public record PageRequest(int limit, @Nullable Position after) {

    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 200;

    /** How many items to read: one more than the page has tells whether there is another page. */
    public int limitAndOne() {
        return limit + 1;
    }
}
