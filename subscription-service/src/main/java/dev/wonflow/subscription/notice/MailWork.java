package dev.wonflow.subscription.notice;

import dev.wonflow.work.Claim;
import dev.wonflow.work.WorkHandler;
import dev.wonflow.work.WorkKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mails as work: each is sent until a server has it, or does not want it. What a server took is settled right after;
 * only where its answer, or this process, was lost in between is the mail sent again.
 */
public final class MailWork implements WorkHandler<Optional<MailOutcome.WithReply>> {

    /** The name is in the database and in metrics. */
    public static final WorkKind KIND = WorkKind.named("notice.mail");

    private static final Logger log = LoggerFactory.getLogger(MailWork.class);

    private final Mails mails;
    private final BillingContacts contacts;
    private final Mailer mailer;
    private final Duration giveUpAfter;
    private final Clock clock;
    private final MeterRegistry meters;

    /**
     * Makes the handler.
     *
     * @param giveUpAfter how long after its notice a mail is tried that a server does not want for now
     */
    public MailWork(
            Mails mails,
            BillingContacts contacts,
            Mailer mailer,
            Duration giveUpAfter,
            Clock clock,
            MeterRegistry meters) {
        this.mails = mails;
        this.contacts = contacts;
        this.mailer = mailer;
        this.giveUpAfter = giveUpAfter;
        this.clock = clock;
        this.meters = meters;
    }

    /** Answers how it ended; empty if it had before. */
    @Override
    public Optional<MailOutcome.WithReply> work(Claim item) {
        return mails.waiting(id(item)).map(this::send);
    }

    private MailOutcome.WithReply send(ToldNotice notice) {
        Optional<BillingContact> contact = contacts.find(notice.tenant());
        if (contact.isEmpty()) {
            return MailOutcome.NO_ADDRESS.withoutReply();
        }
        return switch (mailer.send(notice, contact.get())) {
            case Mailer.Answer.Accepted() -> MailOutcome.SENT.withoutReply();
            case Mailer.Answer.Refused(String reply) -> refused(notice, reply);
            case Mailer.Answer.NotNow(String reply) -> {
                if (clock.instant().isBefore(notice.requestedAt().plus(giveUpAfter))) {
                    throw new NotSent(reply);
                }
                yield refused(notice, reply);
            }
        };
    }

    private static MailOutcome.WithReply refused(ToldNotice notice, String reply) {
        log.warn("Mail of notice {} to tenant {} is refused: {}", notice.id(), notice.tenant(), reply);
        return new MailOutcome.WithReply(MailOutcome.REFUSED, reply);
    }

    @Override
    public void settle(List<Done<Optional<MailOutcome.WithReply>>> done) {
        for (Done<Optional<MailOutcome.WithReply>> one : done) {
            one.result().ifPresent(outcome -> {
                mails.end(id(one.item()), outcome, clock.instant());
                count(outcome.outcome());
            });
        }
    }

    private void count(MailOutcome outcome) {
        Counter.builder("wonflow.notice.mails")
                .description("Mails of notices that ended")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
    }

    private static NoticeId id(Claim item) {
        return new NoticeId(UUID.fromString(item.id()));
    }

    /** The mail server does not want it for now; the queue tries again. */
    private static final class NotSent extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotSent(String reply) {
            super("mail not taken for now: " + reply, null, false, false);
        }
    }
}
