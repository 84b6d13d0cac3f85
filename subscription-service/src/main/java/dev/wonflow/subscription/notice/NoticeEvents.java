package dev.wonflow.subscription.notice;

/** Where notices are told to whoever passes them on. */
@FunctionalInterface
public interface NoticeEvents {

    /** Publishes in the caller's transaction. */
    void requested(RequestedNotice requested);
}
