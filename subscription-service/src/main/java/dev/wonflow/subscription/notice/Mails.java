package dev.wonflow.subscription.notice;

import java.time.Instant;
import java.util.Optional;

/** The mails that were asked for. */
public interface Mails {

    /** Has a notice mailed from {@code due} on; nothing happens if it was taken before. */
    void plan(ToldNotice notice, Instant due);

    /** The notice, while its mail waits to be sent. */
    Optional<ToldNotice> waiting(NoticeId id);

    void end(NoticeId id, MailOutcome.WithReply outcome, Instant now);
}
