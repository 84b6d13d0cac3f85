package dev.wonflow.web.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, as it is answered.
 *
 * @param next the {@code cursor} of the next page; {@code null} on the last one
 */
public record Page<T>(List<T> data, @Nullable String next) {

    public Page {
        data = List.copyOf(data);
    }

    /**
     * Makes a page of a list that knows itself where it goes on.
     *
     * @param found at most {@link PageRequest#limit()} items, in order
     * @param next where the next page begins; {@code null} if there is none
     */
    public static <I, T> Page<T> of(List<I> found, @Nullable Position next, Function<I, T> view) {
        return new Page<>(found.stream().map(view).toList(), next == null ? null : next.cursor());
    }

    /**
     * Makes a page.
     *
     * @param found up to {@link PageRequest#limitAndOne()} items, in order
     * @param position where an item is in the list
     * @param view how it is shown
     */
    public static <I, T> Page<T> of(
            PageRequest request, List<I> found, Function<I, Position> position, Function<I, T> view) {
        boolean isLast = found.size() <= request.limit();
        List<I> shown = isLast ? found : found.subList(0, request.limit());
        String next = isLast ? null : position.apply(shown.getLast()).cursor();
        return new Page<>(shown.stream().map(view).toList(), next);
    }
}
