package dev.wonflow.subscription.notice;

import java.util.List;

/** Every notice there was. */
public interface Notices {

    /**
     * Adds those whose kind and subject have none yet; of two alike among them the first.
     *
     * @return what was added, in the same order
     */
    List<RequestedNotice> add(List<RequestedNotice> requested);
}
