package dev.wonflow.work;

import java.util.List;

/** What the workers of a {@link WorkLoop} do. */
public interface WorkSource<T> {

    /**
     * Looks for work and claims it. One thread looks at a time.
     *
     * @param room how much can be taken; at least 1
     */
    WorkLook<T> look(int room);

    /**
     * Does it. Many threads do at the same time.
     *
     * @throws RuntimeException if it was not done, as is what ends in an {@link Error}; it is the source's to see that
     *     it is tried again
     */
    void take(T work);

    /** Gives back what was claimed and not begun when the loop was stopped. */
    void giveBack(List<T> work);
}
